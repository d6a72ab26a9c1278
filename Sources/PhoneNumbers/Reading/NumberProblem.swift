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
    /// Digits that are a number with its country code and no plus, or another number without its zero.
    case ambiguous(PhoneNumber, PhoneNumber)
    /// More numbers than one, or a number and an ending that may be another's.
    case severalNumbers
    /// An area code or an exchange of North America that begins with 0 or 1: usually a number of another country.
    case outsidePlan
    /// A spreadsheet's notation for large quantities, with fewer digits than the number had.
    case rounded
    /// The words beside the number say that a machine answers there.
    case fax
    /// The words beside the number say that it is wrong, or not to be called.
    case notToBeCalled

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
        case .ambiguous(let one, let other):
            "may be \(one) or \(other): write + before the country code, or 0 before the area code"
        case .severalNumbers: "holds more than one number: write each in a column of its own"
        case .outsidePlan:
            "begins with digits that no number of \(region) has: write + and the country code, or name its country"
        case .rounded:
            "was rounded by a spreadsheet: its last digits are lost; format the column as text and export again"
        case .fax: "is a fax number, which is not dialed"
        case .notToBeCalled: "stands beside words that say it is wrong or not to be called"
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
        case .ambiguous: "country code or area code"
        case .severalNumbers: "more than one number"
        case .outsidePlan: "number of no area"
        case .rounded: "number rounded by a spreadsheet"
        case .fax: "fax number"
        case .notToBeCalled: "number marked as wrong or not to be called"
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
        case .ambiguous(let one, let other):
            "The digits may be \(one) or \(other): write + before the country code, or 0 before the area code."
        case .severalNumbers:
            "The text holds more than one number: write one of them."
        case .outsidePlan:
            "The number begins with digits that no number of its region has: write + and the country code, or name its country."
        case .rounded:
            "A spreadsheet rounded the number, and its last digits are lost: format the column as text and export again."
        case .fax:
            "The number is a fax number, which is not dialed: use another number of the person."
        case .notToBeCalled:
            "The words beside the number say that it is wrong or not to be called: write the number alone if it may be called."
        }
    }
}
