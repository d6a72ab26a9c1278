/// What can be told of a number that was read.
public struct NumberReading: Sendable, Hashable {
    /// The number itself.
    public var number: PhoneNumber
    /// ISO 3166-1 alpha-2; nil when several regions share the country code and the digits fit none, and for
    /// country codes that belong to no country.
    public var region: String?
    /// What the number is for; `unknown` whenever the validity is only `possible`.
    public var kind: NumberKind
    /// Whether the digits are known to be in use.
    public var validity: NumberValidity
    /// The digits of an extension that stood behind the number; they are not dialled.
    public var `extension`: String?

    /// A reading from its parts.
    public init(
        number: PhoneNumber, region: String?, kind: NumberKind, validity: NumberValidity, extension: String? = nil
    ) {
        self.number = number
        self.region = region
        self.kind = kind
        self.validity = validity
        self.extension = `extension`
    }
}
