import PhoneNumbers

/// A region as files name it: an ISO 3166-1 code.
package enum RegionCode {
    /// What people write for a country in place of its code.
    private static let misnamed = [
        "UK": "GB", "USA": "US", "EL": "GR", "ENG": "GB", "GER": "DE", "FRA": "FR", "CAN": "CA",
    ]

    /// What is wrong with a region's code, without the name of its key; nil where it is one.
    package static func problem(_ text: String) -> String? {
        guard !NumberReader.isKnownRegion(text) || text != text.uppercased() else { return nil }
        let meant = misnamed[text.uppercased()] ?? (NumberReader.isKnownRegion(text) ? text.uppercased() : nil)
        return "“region” must be an ISO country code such as US, not “\(text)”"
            + (meant.map { "; the code that is meant is \($0)" } ?? "")
    }
}
