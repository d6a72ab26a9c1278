/// Answers that no phone should give, and some do.
enum OddAnswers {
    /// The answer in place of the right one; nil where the fault is not in the answer's content.
    ///
    /// - Parameter uri: what was asked for, as it came.
    static func answer(for fault: RequestFault.Kind, to uri: String, instead right: RawAnswer) -> RawAnswer? {
        var answer = right
        switch fault {
        case .html: return .page(status: 200, reason: "OK")
        case .truncatedJSON: answer.body = String(right.body.prefix(right.body.count / 2))
        case .wrongJSON: answer.body = #"[{"hello": "world"}, 1, null]"#
        case .wrongTypes:
            answer.body =
                #"{"response": "success", "body": [{"line": "one", "state": 7, "acct": {}, "remotenumber": []}]}"#
        case .huge(let bytes):
            answer.body = #"{"response": "success", "body": ""# + String(repeating: "x", count: max(0, bytes)) + "\"}"
        case .redirect(let address):
            answer = .page(status: 302, reason: "Found")
            answer.location = address
        case .unauthorized:
            return WrongPasscodeAnswer.unauthorizedBody.answer(contentType: right.contentType, lockSeconds: 0)
        case .echo(asJSON: true):
            answer.body = #"{"response": "error", "body": ""# + GuideAnswers.escaped(uri) + "\"}"
        case .echo(asJSON: false):
            answer = .page(status: 400, reason: "Bad Request")
            answer.body = "<html>\(uri)</html>"
        case .otherAnswer(let body, _): answer.body = body
        case .drop, .lose, .stall, .cut, .reset, .drip: return nil
        }
        return answer
    }
}
