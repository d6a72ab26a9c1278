extension PhoneStatus {
    /// Reads a phone status answer.
    static func read(_ answer: JSONValue) throws(AnswerFault) -> PhoneStatus {
        guard let state = answer["body"]?.text else {
            throw .malformed("the phone status has no word; check the firmware")
        }
        return PhoneStatus(state: PhoneState(rawValue: state), misc: answer["misc"]?.text ?? "")
    }
}

extension AccountStatus {
    /// Reads the account's object of an account status answer.
    static func read(_ answer: JSONValue, account: Int) throws(AnswerFault) -> AccountStatus {
        guard let entry = answer["Account\(account)"], let registered = entry["Registered"]?.flag else {
            throw .malformed("the answer has no registration of account \(account); check that the base has it")
        }
        return AccountStatus(
            account: account, registered: registered, profile: entry["Profile"]?.integer,
            active: entry["Active"]?.flag, handsetMode: entry["HSMode"]?.text ?? "")
    }
}

extension HandsetStatus {
    /// Reads the handset's object of a handset status answer.
    static func read(_ answer: JSONValue, handset: Int) throws(AnswerFault) -> HandsetStatus {
        guard let entry = answer["HS\(handset)"], let initialized = entry["initialized"]?.flag else {
            throw .malformed("the answer has nothing of handset \(handset); check that the base has it")
        }
        return HandsetStatus(
            handset: handset, initialized: initialized, subscribed: entry["subscribed"]?.flag,
            state: LineState(rawValue: entry["status"]?.text ?? ""))
    }
}

extension Acknowledgement {
    /// Reads what a phone says to a command that acts. `savereboot` and `directreboot` differ by model, so that no word
    /// is demanded.
    static func read(_ answer: JSONValue) throws(AnswerFault) -> Acknowledgement {
        switch answer["body"] {
        case nil, .boolean(true)?, .integer?, .number?: .accepted
        case .string(let word)?: .word(word)
        case .object? where answer["body"]?["code"]?.integer == 0: .accepted
        case .boolean?, .null?, .array?, .object?:
            throw .malformed("the phone answered success with a body that says nothing; look at its state")
        }
    }
}
