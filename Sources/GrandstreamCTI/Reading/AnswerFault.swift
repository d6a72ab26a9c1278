/// What is wrong with an answer, its detail fit for an error: nothing of the passcode is in it.
struct AnswerFault: Error, Sendable, Hashable {
    let kind: CTIError.Kind
    let detail: String

    static func malformed(_ detail: String) -> AnswerFault {
        AnswerFault(kind: .malformed, detail: detail)
    }
}
