/// The two families of devices that the guide describes, which differ in functions, addressing and key names.
public enum DeviceFamily: String, Sendable, Hashable, Codable, CaseIterable {
    /// A GXP16xx, GXP17xx or GXP21xx desk phone.
    case gxp
    /// A DP750 base with its DP720 handsets; its commands name a handset.
    case dp
}
