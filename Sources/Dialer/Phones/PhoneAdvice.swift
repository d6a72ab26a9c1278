import Campaigns

/// What an administrator does about a station that cannot dial.
public enum PhoneAdvice {
    /// How slow an answer is worth a word: from here on the request budget is halved.
    public static let slow: Int64 = 500

    /// What to do about a failure, by what the phone did.
    public static func advice(for result: StationCheck.Result, detail: String, station: String) -> String {
        switch result {
        case .idle, .busy: ""
        case .lockedOut:
            "Mend the passcode in phones.yaml and allow this computer's address on the phone; wait five minutes if the phone "
                + "has locked itself; then: offhook phones apply, offhook stations ready \(station)"
        case .unreachable where detail.contains("certificate"):
            "Find out why the certificate changed; if a person changed it, pin the new fingerprint in phones.yaml."
        case .unreachable:
            "See that the phone has power and network, and that its address in phones.yaml is right; after a reboot it "
                + "needs a minute or two."
        case .timedOut:
            "The phone is there but does not answer: set Remote Control Pop up Window Support to Disabled, or restart it."
        case .refused: "Enable CTI on the phone, and see that no confirmation is asked for on its screen."
        case .notAPhone:
            "Something else answers at this address: check the address, http or https, and the phone's firmware "
                + "(offhook phones models)."
        case .notAsked: "The phone has nothing to do with it: do what the detail says on this computer, and ask again."
        case .unusable: "Mend what the detail says in phones.yaml, then: offhook phones apply"
        }
    }

    /// What to do where a line rang that may have been ours.
    static func ringing(station: String) -> String {
        "If the phone says so of calls that it places, let Offhook learn its words: offhook phones check \(station) --learn "
            + "YOUR-NUMBER. Until then such calls are not canceled, and count as unknown where nobody is seen to answer."
    }

    /// What to do about the words that a running engine cannot read; empty where there are none.
    public static func advice(learning words: [String], station: String) -> String {
        guard let word = words.first else { return "" }
        guard WordMap().phase(of: word) == .ringing else {
            return advice(unmapped: words, unregistered: false, milliseconds: 0, station: station)
        }
        return "“\(word)” was shown right after a dial command. \(ringing(station: station))"
    }

    /// What to do about a phone that answers: words that nobody knows, accounts that are not registered, slow answers.
    public static func advice(unmapped: [String], unregistered: Bool, milliseconds: Int64, station: String) -> String {
        var advice: [String] = []
        if unregistered { advice.append("No account is registered: check the SIP account on the phone.") }
        if let word = unmapped.first {
            advice.append("“\(word)” is not mapped: offhook phones check \(station) --learn YOUR-NUMBER")
        }
        if milliseconds >= slow {
            advice.append("Answers are slow, so it is asked half as often: check its network, and what else polls it.")
        }
        return advice.joined(separator: " ")
    }
}
