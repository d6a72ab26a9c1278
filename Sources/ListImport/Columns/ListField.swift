/// What a column of a list is taken for.
public enum ListField: Sendable, Hashable {
    /// A number of the contact; 1...10 is its place in calling order.
    case phone(Int)
    case name
    case firstName
    case lastName
    /// The contact's identity in the system that the list came from.
    case externalID
    /// The region of the contact's numbers.
    case country
    /// The country calling code of the numbers beside it.
    case callingCode
    /// The area code of the number beside it.
    case areaCode
    case state
    case postalCode
    case timeZone
    /// A whole number; contacts with higher ones are called first.
    case priority
    /// Not imported.
    case ignore
    /// Kept as it is under a name.
    case custom(String)

    /// Numbers of a contact at most.
    public static let phoneLimit = 10

    private static let customMark = "custom:"

    private static let plain: [(spelling: String, field: ListField)] = [
        ("name", .name), ("first_name", .firstName), ("last_name", .lastName), ("external_id", .externalID),
        ("country", .country), ("calling_code", .callingCode), ("area_code", .areaCode), ("state", .state),
        ("postal_code", .postalCode), ("time_zone", .timeZone),
        ("priority", .priority), ("ignore", .ignore),
    ]

    /// All spellings but those of custom fields.
    public static let spellings =
        (1...phoneLimit).map { ListField.phone($0).description } + plain.map(\.spelling)

    /// Whether its texts stand among a contact's fields: what the program does not interpret, and what says where a person is.
    public var becomesField: Bool {
        switch self {
        case .custom, .country, .callingCode, .areaCode, .state, .postalCode, .timeZone: true
        case .phone, .name, .firstName, .lastName, .externalID, .priority, .ignore: false
        }
    }

    /// Whether several columns may be it.
    var isRepeatable: Bool { [.ignore, .callingCode, .areaCode].contains(self) }

    /// Reads a field as `--map` spells it, in any case; nil if there is none of that name.
    public init?(_ spelling: String) {
        let spelling = spelling.trimmingWhitespace()
        if spelling.lowercased().hasPrefix(Self.customMark) {
            let name = String(spelling.dropFirst(Self.customMark.count)).trimmingWhitespace()
            if name.isEmpty { return nil }
            self = .custom(name)
            return
        }
        let lower = spelling.lowercased()
        if let known = Self.plain.first(where: { $0.spelling == lower }) {
            self = known.field
        } else if let place = (1...Self.phoneLimit).first(where: { ListField.phone($0).description == lower }) {
            self = .phone(place)
        } else {
            return nil
        }
    }
}

extension ListField: CustomStringConvertible {
    /// As `--map` spells it: `phone`, `phone2`...`phone10`, `first_name`, `custom:Plan`.
    public var description: String {
        switch self {
        case .phone(let place): place == 1 ? "phone" : "phone\(place)"
        case .custom(let name): Self.customMark + name
        default: Self.plain.first { $0.field == self }?.spelling ?? ""
        }
    }
}
