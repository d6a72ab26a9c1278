/// A model that the guide lists as supporting CTI commands (guide, chapter "Supported devices").
public struct SupportedModel: Sendable, Hashable, Codable {
    /// The guide's series, such as `GXP21XX`.
    public let series: String
    /// One model, such as `GXP2135`; rows of the guide that name two models are two entries here.
    public let model: String
    /// The family whose commands it takes.
    public let family: DeviceFamily
    /// The lowest firmware with CTI, four numbers with dots.
    public let minimumFirmware: String

    /// Every model of the guide's table, in its order.
    public static let all: [SupportedModel] = rows.flatMap { row in
        row.models.map {
            SupportedModel(series: row.series, model: $0, family: row.family, minimumFirmware: row.minimumFirmware)
        }
    }

    private typealias Row = (series: String, models: [String], family: DeviceFamily, minimumFirmware: String)

    private static let rows: [Row] = [
        ("GXP16XX", ["GXP1610", "GXP1620", "GXP1625", "GXP1628", "GXP1630"], .gxp, "1.0.3.28"),
        ("GXP17XX", ["GXP1760", "GXP1780", "GXP1782"], .gxp, "1.0.0.37"),
        ("GXP21XX", ["GXP2130", "GXP2140", "GXP2160", "GXP2135", "GXP2170"], .gxp, "1.0.7.25"),
        ("DP750/720", ["DP750", "DP720"], .dp, "1.0.4.2"),
    ]
}
