import PhoneNumbers

/// A number of a contact with all that its digits tell.
public struct NumberEntry: Sendable, Hashable {
    /// The number as it was read.
    public var reading: NumberReading
    /// Where it may be.
    public var location: NumberLocation

    /// An entry from its parts.
    public init(reading: NumberReading, location: NumberLocation) {
        self.reading = reading
        self.location = location
    }
}
