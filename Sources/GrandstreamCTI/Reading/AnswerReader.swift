/// Tells a success from everything that is none, before anyone reads the fields.
struct AnswerReader: Sendable {
    let redactor: Redactor

    /// What phones write where the passcode is missing or wrong, the session is over, or too many log-ins failed.
    private static let authenticationWords: Set<String> = ["unauthorized", "session-expired", "locked"]
    /// What phones write in error answers; a command that acts and succeeds with one of these contradicts itself.
    private static let refusalWords: Set<String> = [
        "failed", "fail", "failure", "unknown", "invalid", "error", "false", "denied", "forbidden", "refused",
        "rejected", "busy",
        "unavailable",
    ]

    private static let authenticationAdvice =
        "check the passcode, and on the phone that CTI is enabled for this computer's address, and do not try again "
        + "before: some phones lock after five wrong log-ins"

    /// The answer's object if the phone took the command.
    func success(in answer: HTTPAnswer, to function: CTIFunction) throws(AnswerFault) -> JSONValue {
        let text = String(decoding: answer.body, as: UTF8.self)
        if answer.status == 401 || answer.status == 403 { throw authentication("HTTP status \(answer.status)") }
        guard let object = JSONValue(text: text), let response = object["response"]?.text?.lowercased() else {
            throw notCTI(answer, text)
        }
        if let complaint = authenticationComplaint(in: object, response) { throw authentication(complaint) }
        switch response {
        case "success":
            guard (200...299).contains(answer.status) else {
                throw .malformed("the phone answered success with HTTP status \(answer.status); look at its state")
            }
            if function.isCallOperation, object["body"]?.flag == false {
                throw AnswerFault(
                    kind: .refused,
                    detail: "the phone refused with \(excerpt(text)): the call was not in a state for it, such as one "
                        + "that had been answered; look at its lines")
            }
            if function.acts, let body = object["body"], namesError(body) {
                throw AnswerFault(
                    kind: .malformed,
                    detail: "the answer contradicts itself: \(excerpt(text)); look at the phone's state",
                    namesError: true)
            }
            return object
        case "error":
            throw refusal(object, text, function)
        default:
            throw AnswerFault(
                kind: .malformed,
                detail: "the answer is neither success nor error: \(excerpt(text)); check the firmware",
                namesError: function.acts && isRefusal(response))
        }
    }

    /// A piece of an answer for an error.
    func excerpt(_ text: String) -> Excerpt {
        Excerpt(text, redactor: redactor)
    }

    private func authenticationComplaint(in object: JSONValue, _ response: String) -> String? {
        let words = [response, object["body"]?.text, object["body"]?["status"]?.text, object["status"]?.text]
        let complaint = words.compactMap { $0?.lowercased() }.first(where: Self.authenticationWords.contains)
        guard let lockTime = object["lockTime"] ?? object["body"]?["lockTime"] else {
            return complaint.map { "“\($0)”" }
        }
        return "“\(complaint ?? "locked")” with a lock time of \(excerpt(lockTime.text ?? "unknown"))"
    }

    /// Whether a body says that a command was not carried out: a word, `false`, or an object that holds either or a code other
    /// than 0, such as `{"code":8}` where all lines are taken.
    private func namesError(_ body: JSONValue) -> Bool {
        guard case .object = body else { return body.flag == false || body.text.map(isRefusal) == true }
        if let code = body["code"] { return code.integer.map { $0 != 0 } ?? (code.text.map(isRefusal) == true) }
        return ["status", "result", "response", "error", "message"].contains { name in
            body[name].map { $0.flag == false || $0.text.map(isRefusal) == true } == true
        }
    }

    /// Whether a phone's word says no; words that phones add to it do not change that, as in “Failed: line busy”.
    private func isRefusal(_ word: String) -> Bool {
        let word = word.lowercased()
        return Self.refusalWords.contains {
            word == $0 || word.hasPrefix($0) && word.dropFirst($0.count).first?.isLetter == false
        }
    }

    private func authentication(_ answer: String) -> AnswerFault {
        AnswerFault(
            kind: .authentication, detail: "the phone does not accept us (\(answer)); \(Self.authenticationAdvice)")
    }

    private func refusal(_ object: JSONValue, _ text: String, _ function: CTIFunction) -> AnswerFault {
        let word = object["body"]?.text?.lowercased()
        // A status that is asked again and again must stop at once if this is the passcode: five wrong log-ins lock some
        // phones. A handset or account that the phone lacks is answered the same way; a person has to look in both cases.
        if word == "failed", !function.acts { return authentication("“failed”") }
        if word == "invalid request", function == .makeCall {
            return AnswerFault(
                kind: .refused,
                detail: "the phone refused with “Invalid Request”; enable Click-To-Dial on it (P1561), and check that "
                    + "an account is registered and the keypad is not locked")
        }
        return AnswerFault(
            kind: .refused,
            detail: "the phone refused with \(excerpt(text)); check its state and that remote control needs no "
                + "confirmation on its screen")
    }

    private func notCTI(_ answer: HTTPAnswer, _ text: String) -> AnswerFault {
        if (300...399).contains(answer.status) {
            let target = answer.location.map { "to \(excerpt($0))" } ?? "elsewhere"
            return AnswerFault(
                kind: .notAPhone,
                detail: "HTTP status \(answer.status) points \(target); give the address that the phone itself uses, "
                    + "http or https")
        }
        let isPage = text.drop { $0.isWhitespace }.first == "<"
        return AnswerFault(
            kind: isPage || answer.status == 404 ? .notAPhone : .malformed,
            detail: "HTTP status \(answer.status) with \(excerpt(text)) is not a CTI answer; check the address, the "
                + "firmware and that CTI is enabled")
    }
}
