/// Why a number is not dialled. Nothing was sent to a phone.
public enum DialProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The dial plan's region has no numbers.
    case unknownRegion(String)
    /// `prefix` or `plus` has characters that are not on a keypad. `key` is the setting's name.
    case notOnKeypad(key: String, text: String)
    /// The prefix is an emergency number by itself.
    case prefixIsEmergency(prefix: String, region: String)
    /// The number is none that can be in use.
    case notDiallable(PhoneNumber)
    /// The number is one that its caller pays extra for.
    case premiumRate(PhoneNumber)
    /// There is no single international prefix in the region.
    case noInternationalPrefix(region: String)
    /// What would be dialled, with or without the prefix, is an emergency or short number.
    case shortOrEmergency(dialString: String, region: String)
    /// What would be dialled begins with an emergency number and could be taken for it.
    case beginsWithEmergency(dialString: String, region: String)

    /// One sentence: what is wrong, with what, and what to do.
    public var description: String {
        switch self {
        case .unknownRegion(let region):
            "The dial plan's region “\(region)” has no phone numbers: write a two-letter code of ISO 3166, like US."
        case .notOnKeypad(let key, let text):
            "The dial plan's \(key) “\(text)” cannot be dialled: use only the digits, * and #."
        case .prefixIsEmergency(let prefix, let region):
            "The dial plan's prefix “\(prefix)” is an emergency number of \(region): write the digits for an outside line."
        case .notDiallable(let number):
            "\(number) is not a number that can be in use: correct it in the list."
        case .premiumRate(let number):
            "\(number) is a premium-rate number, which is never dialled: use another number of the person."
        case .noInternationalPrefix(let region):
            "Calls abroad from \(region) begin with a carrier's digits that the dial plan does not know: "
                + "set format: e164 and write those digits as plus."
        case .shortOrEmergency(let dialString, let region):
            "“\(dialString)” is an emergency or short number of \(region) and is never dialled: "
                + "check the number and the dial plan's prefix."
        case .beginsWithEmergency(let dialString, let region):
            "“\(dialString)” begins with an emergency number of \(region) and could be taken for it: "
                + "set format: international in the dial plan, or write its plus."
        }
    }
}
