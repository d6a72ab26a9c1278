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
    /// Who wants no calls. Several columns may say it; see ``OptOutAnswer``.
    case doNotCall
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
        ("priority", .priority), ("do_not_call", .doNotCall), ("ignore", .ignore),
    ]

    /// All spellings but those of custom fields.
    public static let spellings =
        (1...phoneLimit).map { ListField.phone($0).description } + plain.map(\.spelling)

    /// Whether its texts stand among a contact's fields: what the program does not interpret, what says where a person is, and the
    /// parts of a name, which make up the whole one and are named by scripts on their own.
    public var becomesField: Bool {
        switch self {
        case .custom, .country, .callingCode, .areaCode, .state, .postalCode, .timeZone, .doNotCall, .firstName,
            .lastName:
            true
        case .phone, .name, .externalID, .priority, .ignore: false
        }
    }

    /// The part of a name that a header stands for, such as `Vorname`; nil for any other header.
    public static func partOfName(header: String) -> ListField? {
        switch HeaderGuess.meaning(of: header) {
        case .field(.firstName): .firstName
        case .field(.lastName): .lastName
        default: nil
        }
    }

    /// The name under which a column's text is kept: its header, unless that does not tell which part of a name it is.
    func keptName(header: String) -> String {
        switch self {
        case .firstName, .lastName: ListField.partOfName(header: header) == self ? header : description
        default: header
        }
    }

    /// Whether it is kept as it is.
    public var isCustom: Bool { if case .custom = self { true } else { false } }

    /// Whether several columns may be taken for it.
    public var mayRepeat: Bool { [.ignore, .doNotCall, .callingCode, .areaCode].contains(self) }

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
