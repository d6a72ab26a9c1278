/// Why a text is not a number that may be dialled.
public enum NumberProblem: Error, Sendable, Hashable {
    /// There is no text.
    case empty
    /// The text is something else, or a number among other words.
    case notANumber
    /// The region to read it by is not one that has numbers.
    case unknownRegion(String)
    /// The number begins with a country code that is not in use.
    case unknownCountryCode
    /// Fewer digits than any number of the region.
    case tooShort
    /// A subscriber number without its area code.
    case noAreaCode
    /// More digits than any number of the region.
    case tooLong
    /// A count of digits that no number of the region has.
    case impossible
    /// An emergency number or a short service number.
    case shortOrEmergency
    /// A number that its caller pays extra for.
    case premiumRate

    /// What is wrong, to be put behind the text: "is too short for a number of US".
    ///
    /// - Parameter region: the region that the text was read by.
    public func predicate(region: String) -> String {
        switch self {
        case .empty: "is empty"
        case .notANumber: "is not a phone number"
        case .unknownRegion(let unknown): "cannot be read: “\(unknown)” is not a region that has phone numbers"
        case .unknownCountryCode: "begins with a country code that is not in use"
        case .tooShort: "is too short for a number of \(region)"
        case .noAreaCode: "has no area code"
        case .tooLong: "is too long for a number of \(region)"
        case .impossible: "has a count of digits that no number of \(region) has"
        case .shortOrEmergency: "is an emergency or short number of \(region), which is never dialled"
        case .premiumRate: "is a premium-rate number, which is never dialled"
        }
    }
}

extension NumberProblem {
    /// The kind of the problem, without its particulars.
    public var category: String {
        switch self {
        case .empty: "no number"
        case .notANumber: "not a phone number"
        case .unknownRegion: "unknown country"
        case .unknownCountryCode: "country code not in use"
        case .tooShort: "number too short"
        case .noAreaCode: "number without area code"
        case .tooLong: "number too long"
        case .impossible: "impossible number"
        case .shortOrEmergency: "emergency or short number"
        case .premiumRate: "premium-rate number"
        }
    }
}

extension NumberProblem: CustomStringConvertible {
    /// One sentence: what is wrong, with what, and what to do.
    public var description: String {
        switch self {
        case .empty:
            "There is no number: write one."
        case .notANumber:
            "The text is not a phone number: write one number and nothing else, like +1 415 555 0123."
        case .unknownRegion(let region):
            "“\(region)” is not a region that has phone numbers: write a two-letter code of ISO 3166, like US or GB."
        case .unknownCountryCode:
            "The number begins with a country code that is not in use: check the digits behind the plus."
        case .tooShort:
            "The number has too few digits for its region: write all of them, area code included."
        case .noAreaCode:
            "The number has no area code: write it in front."
        case .tooLong:
            "The number has too many digits for its region: check that it is one number."
        case .impossible:
            "The number has a count of digits that no number of its region has: check the digits."
        case .shortOrEmergency:
            "The number is an emergency or short number, which is never dialled: use the full number of the person."
        case .premiumRate:
            "The number is a premium-rate number, which is never dialled: use another number of the person."
        }
    }
}
