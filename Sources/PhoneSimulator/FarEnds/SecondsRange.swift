/// A span that a number of virtual seconds is drawn from. In JSON a number, or two: `4` or `[3, 10]`.
public struct SecondsRange: Sendable, Equatable, Codable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// The shortest, 0 or more.
    public let shortest: Double
    /// The longest, not less than the shortest.
    public let longest: Double

    /// A span; nil where it is negative, upside down or not finite.
    public init?(_ shortest: Double, _ longest: Double) {
        guard shortest >= 0, longest >= shortest, longest.isFinite else { return nil }
        self.shortest = shortest
        self.longest = longest
    }

    /// Exactly `value` seconds; a negative literal counts as 0.
    public init(floatLiteral value: Double) {
        shortest = max(0, value)
        longest = shortest
    }

    /// Exactly `value` seconds; a negative literal counts as 0.
    public init(integerLiteral value: Int) {
        self.init(floatLiteral: Double(value))
    }

    /// Throws `DecodingError` for anything but a number or a pair of numbers in rising order, none negative.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let bounds: [Double]
        if let exact = try? container.decode(Double.self) {
            bounds = [exact, exact]
        } else {
            bounds = try container.decode([Double].self)
        }
        guard bounds.count == 2, let range = Self(bounds[0], bounds[1]) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "seconds are a number such as 4 or a rising pair such as [3, 10]")
        }
        self = range
    }

    /// Writes one number where both ends are equal.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if shortest == longest { try container.encode(shortest) } else { try container.encode([shortest, longest]) }
    }

    func draw(using generator: inout SplitMix64) -> Double {
        shortest + (longest - shortest) * generator.nextUnit()
    }
}
