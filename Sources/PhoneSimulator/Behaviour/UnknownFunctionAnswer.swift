/// What a phone answers to a function that it does not have, those of the other family included.
public enum UnknownFunctionAnswer: Sendable, Equatable {
    /// The guide's general negative answer, `{"response":"error", "body": "failed"}`.
    case guideFailed
    /// HTTP 404 with an HTML page, as a web server without that script would answer.
    case notFound

    func answer(contentType: String) -> RawAnswer {
        switch self {
        case .guideFailed: RawAnswer(contentType: contentType, body: GuideAnswers.failed)
        case .notFound: .page(status: 404, reason: "Not Found")
        }
    }
}
