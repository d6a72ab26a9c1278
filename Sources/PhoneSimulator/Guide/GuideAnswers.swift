/// The bodies of the guide, spaced as the guide's examples space them.
enum GuideAnswers {
    /// "Response format", negative answer.
    static let failed = #"{"response":"error", "body": "failed"}"#
    /// Phone and device operations.
    static let done = #"{"response": "success", "body": true}"#
    static let refused = #"{"response": "error", "body": false}"#
    /// Make Call; its example is spaced differently from the operations'.
    static let callMade = #"{ "response": "success", "body": true }"#
    /// Make Call where Click-To-Dial is off, the number is empty or no account is registered: not in the guide, seen on
    /// phones.
    static let invalidRequest = #"{"response":"error","body":"Invalid Request"}"#
    /// Sending Keys.
    static let complete = #"{"response":"success", "body": "complete"}"#
    /// Sending Keys and System Operations.
    static let unknown = #"{"response":"error", "body": "unknown"}"#

    static func reboot(_ family: SimulatedFamily) -> String {
        #"{"response":"success", "body": "\#(family == .dp ? "directreboot" : "savereboot")"}"#
    }

    static let reset = #"{"response":"success", "body": "reset"}"#

    static func lineStatus(_ station: StationModel, behaviour: PhoneBehaviour) -> String {
        var body = #"{"response":"success", "body": ["#
        for (index, line) in station.lines.enumerated() {
            let inUse = line.state != .idle
            let account = behaviour.acctIsNumber ? "0" : inUse ? #""0""# : #""""#
            if index > 0 { body += ", " }
            let word = behaviour.word(for: line.state)
            let isHidden = line.call?.direction == .outgoing && !behaviour.showsNumberCalled
            body += #"{"line": \#(index + 1), "state": "\#(escaped(word))", "acct": \#(account), "#
            body += #""remotename": "\#(escaped(line.call?.name ?? ""))", "#
            body += #""remotenumber": "\#(escaped(isHidden ? "" : line.call?.number ?? ""))", "#
            body += #""active": \#(inUse && index == station.activeLine ? 1 : 0)}"#
        }
        return body + "]}"
    }

    static func phoneStatus(_ station: StationModel, behaviour: PhoneBehaviour) -> String {
        let rings = behaviour.showsRingingStatus && station.lines.contains { $0.state == .ringing }
        return #"{"response":"success", "body": "\#(rings ? "ringing" : station.isBusy ? "busy" : "available")", "#
            + #""misc": "0"}"#
    }

    /// Account n belongs to handset n; the accounts beyond the handsets' places ring at the first.
    static func accountStatus(_ account: Int, handset: Int, registered: Bool) -> String {
        let flag = registered ? 1 : 0
        return #"{ "response": "success", "Account\#(account)": { "Registered": \#(flag), "Profile": 1, "#
            + #""Active": \#(flag), "HSMode": "HS\#(handset)" } }"#
    }

    /// - Parameter station: nil for a handset that is not paired.
    static func handsetStatus(_ handset: Int, station: StationModel?, behaviour: PhoneBehaviour) -> String {
        var word = ""
        if let station {
            let state = station.lines.first { $0.state != .idle }?.state ?? .idle
            word = escaped(behaviour.handsetWord(for: state))
        }
        let flag = station == nil ? 0 : 1
        return #"{ "response": "success", "HS\#(handset)": { "initialized": \#(flag), "subscribed": \#(flag), "#
            + #""status": "\#(word)" } }"#
    }

    /// The first line, and every line in use, belongs to the handset's account.
    /// - Parameter station: nil for a handset that is not paired; its lines have the empty status of such a handset.
    static func handsetLineStatus(_ handset: Int, station: StationModel?, behaviour: PhoneBehaviour) -> String {
        let lines = (0..<10).map { index in
            let state = station?.lines[index].state
            let word = state.map { escaped(behaviour.handsetWord(for: $0)) } ?? ""
            let hasAccount = station != nil && (index == 0 || state != .idle)
            let flag = hasAccount && behaviour.registered ? 1 : 0
            return #""Line\#(index + 1)": { "Status": "\#(word)", "Account": \#(hasAccount ? handset : 0), "#
                + #""Registered": \#(flag), "Active": \#(flag) }"#
        }
        return #"{ "response": "success", "HS\#(handset)": { "# + lines.joined(separator: ", ") + " } }"
    }

    /// `text` for use between the quotes of a JSON string; UTF-8 stays as it is.
    static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value < 0x20 || $0 == "\"" || $0 == "\\" }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
