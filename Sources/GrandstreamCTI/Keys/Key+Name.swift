extension Key: CustomStringConvertible {
    /// Every key of the guide, of both families.
    public static let all: [Key] = KeyTable.rows.map(\.key)

    /// The key with the guide's name, in any case: `LINE2`, `LEFT_SOFT_KEY`, `7`; `*`, `#` and `POUND` too.
    ///
    /// - Throws: ``KeyError/unknownKey(_:)``.
    public init(parsing name: String) throws(KeyError) {
        guard let key = KeyTable.keysByName[name.uppercased()] else { throw .unknownKey(name) }
        self = key
    }

    /// Whether devices of the family have the key.
    public func isAvailable(on family: DeviceFamily) -> Bool {
        KeyTable.wireForm(of: self, on: family) != nil
    }

    /// The guide's name, such as `LINE2`; for a value outside the guide's ranges, what was asked for.
    public var description: String {
        if let name = KeyTable.names[self] { return name }
        return switch self {
        case .digit(let number): "\(number)"
        case .line(let number): "LINE\(number)"
        case .soft(let number): "SOFT\(number)"
        case .mpk(let number): "MPK\(number)"
        default: "key"
        }
    }
}
