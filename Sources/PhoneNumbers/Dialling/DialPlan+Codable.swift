/// `prefix` and `plus` may be left out, as in phones.yaml.
extension DialPlan: Codable {
    private enum CodingKeys: String, CodingKey {
        case format, region, prefix, plus
    }

    /// Throws `DecodingError` if there is no region, or the format is unknown.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            format: try container.decodeIfPresent(Format.self, forKey: .format),
            region: try container.decode(String.self, forKey: .region),
            prefix: try container.decodeIfPresent(String.self, forKey: .prefix) ?? "",
            plus: try container.decodeIfPresent(String.self, forKey: .plus) ?? ""
        )
    }

    /// Writes every key that has a value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(format, forKey: .format)
        try container.encode(region, forKey: .region)
        try container.encode(prefix, forKey: .prefix)
        try container.encode(plus, forKey: .plus)
    }
}
