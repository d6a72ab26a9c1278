import PhoneNumbers

/// Something in a row that becomes a contact, but not as its writer thought.
public enum RowRemark: Sendable, Hashable {
    /// The state or province is none that is known; the number's own place holds.
    case unknownState(String)
    /// The postal code tells no state; the number's own place holds.
    case unknownPostalCode(String)
    /// The time zone is none that can be read; every zone of the row's country must be open.
    case unknownTimeZone(String)
    /// A number beside others that cannot be dialled; it is kept as a text.
    case notDialable(reason: String, category: String)
    /// Number and row name different places: a call is allowed only where it is in both.
    case placesDiffer(DifferentPlaces)

    /// The kind, the same words for all rows that have it.
    public var category: String {
        switch self {
        case .unknownState: "state that is not known; the number's place holds"
        case .unknownPostalCode: "postal code that tells no state; the number's place holds"
        case .unknownTimeZone: "time zone that cannot be read; every zone of the row's country must be open"
        case .notDialable(_, let category): "further number left out: \(category)"
        case .placesDiffer: "number and row name different places; both must be open"
        }
    }

    /// Whether it is of where the person is.
    public var isOfPlace: Bool {
        switch self {
        case .unknownState, .unknownPostalCode, .unknownTimeZone, .placesDiffer: true
        case .notDialable: false
        }
    }

    /// What the row says.
    public var example: String {
        switch self {
        case .unknownState(let text), .unknownPostalCode(let text), .unknownTimeZone(let text): text
        case .placesDiffer(let places): places.description
        case .notDialable(let reason, _): reason
        }
    }
}

/// A number's place beside another one that its row names.
public struct DifferentPlaces: Sendable, Hashable, CustomStringConvertible {
    /// E.164.
    public var number: String
    /// `US-NY`, or the number's zones where no jurisdiction is known.
    public var ofNumber: String
    /// The same of the row.
    public var ofRow: String

    init(_ number: PhoneNumber, _ own: NumberLocation, _ stated: StatedPlace) {
        self.number = number.e164
        let names =
            stated.jurisdictions
            + (stated.jurisdictions == [own.jurisdiction] || stated.jurisdictions.isEmpty ? stated.clocks : [])
        let rowNames = names.isEmpty ? stated.zones : names
        ofNumber = own.jurisdiction.map { rowNames.contains($0) ? Self.list(own.zones) : $0 } ?? Self.list(own.zones)
        ofRow = Self.list(rowNames)
    }

    private static func list(_ names: [String]) -> String {
        names.count > 3
            ? "\(names.prefix(2).joined(separator: ", ")) and \(names.count - 2) more" : names.joined(separator: ", ")
    }

    /// `+12125550143 of US-NY in a row of America/Los_Angeles`.
    public var description: String { "\(number) of \(ofNumber) in a row of \(ofRow)" }
}
