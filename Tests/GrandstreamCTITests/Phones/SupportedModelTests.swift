import Testing

@testable import GrandstreamCTI

@Suite("The guide's table of models")
struct SupportedModelTests {
    @Test("has every model once, with its family and lowest firmware")
    func table() {
        let models = SupportedModel.all.map { "\($0.series) \($0.model) \($0.family.rawValue) \($0.minimumFirmware)" }
        #expect(
            models == [
                "GXP16XX GXP1610 gxp 1.0.3.28", "GXP16XX GXP1620 gxp 1.0.3.28", "GXP16XX GXP1625 gxp 1.0.3.28",
                "GXP16XX GXP1628 gxp 1.0.3.28", "GXP16XX GXP1630 gxp 1.0.3.28", "GXP17XX GXP1760 gxp 1.0.0.37",
                "GXP17XX GXP1780 gxp 1.0.0.37", "GXP17XX GXP1782 gxp 1.0.0.37", "GXP21XX GXP2130 gxp 1.0.7.25",
                "GXP21XX GXP2140 gxp 1.0.7.25", "GXP21XX GXP2160 gxp 1.0.7.25", "GXP21XX GXP2135 gxp 1.0.7.25",
                "GXP21XX GXP2170 gxp 1.0.7.25", "DP750/720 DP750 dp 1.0.4.2", "DP750/720 DP720 dp 1.0.4.2",
            ])
    }
}
