/// What a phone answers to a wrong or missing passcode. The guide prints only its general negative answer; the other
/// forms were seen on phones.
public enum WrongPasscodeAnswer: Sendable, Equatable, CaseIterable {
    /// The guide's `{"response":"error", "body": "failed"}`.
    case guideFailed
    /// HTTP 200 and `{"response":"success", "body": "unauthorized"}`.
    case unauthorizedBody
    /// HTTP 401 with an HTML page.
    case html401
    /// HTTP 403 with an HTML page.
    case forbidden403
    /// HTTP 200 and an error whose body says `session-expired`.
    case sessionExpired
    /// HTTP 200 and an error whose body says `locked`, with the seconds the lock lasts.
    case locked

    func answer(contentType: String, lockSeconds: Double) -> RawAnswer {
        switch self {
        case .guideFailed:
            RawAnswer(contentType: contentType, body: GuideAnswers.failed)
        case .unauthorizedBody:
            RawAnswer(contentType: contentType, body: #"{"response":"success", "body": "unauthorized"}"#)
        case .html401:
            .page(status: 401, reason: "Unauthorized")
        case .forbidden403:
            .page(status: 403, reason: "Forbidden")
        case .sessionExpired:
            RawAnswer(
                contentType: contentType, body: #"{"response":"error", "body": {"status": "session-expired"}}"#)
        case .locked:
            RawAnswer(
                contentType: contentType,
                body:
                    #"{"response":"error", "body": {"status": "locked", "lockTime": \#(Int(lockSeconds.rounded(.up)))}}"#
            )
        }
    }
}
