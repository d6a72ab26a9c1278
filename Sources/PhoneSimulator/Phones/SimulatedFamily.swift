/// The two families of the guide.
public enum SimulatedFamily: String, Sendable, Equatable, Codable, CaseIterable {
    /// Desk phones: GXP16xx, GXP17xx, GXP21xx.
    case gxp
    /// DP750 bases with DP720 handsets.
    case dp
}
