/// What is wrong with an answer, its detail fit for an error: nothing of the passcode is in it.
struct AnswerFault: Error, Sendable, Hashable {
    let kind: CTIError.Kind
    let detail: String
    /// The phone says that something went wrong, in a form that is not the guide's.
    var namesError = false

    static func malformed(_ detail: String) -> AnswerFault {
        AnswerFault(kind: .malformed, detail: detail)
    }
}
