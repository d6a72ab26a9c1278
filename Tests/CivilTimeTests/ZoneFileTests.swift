import CivilTime
import TestSupport
import Testing

/// Files as RFC 9636 allows them, well made and not.
@Suite("Zone files") struct ZoneFileTests {
    private let standard = ZoneBytes.LocalType(offset: -28_800, name: "PST")
    private let daylight = ZoneBytes.LocalType(offset: -25_200, isDaylight: true, name: "PDT")

    private func made(_ bytes: [UInt8]) -> Zone? { data(bytes).zone("Test/Zone") }

    private func data(_ bytes: [UInt8]) -> ZoneData { ZoneData(files: ["Test/Zone": bytes], origin: "a test") }

    @Test("version 1 has 32 bits and no rule: after the last change its local time holds for good")
    func versionOne() throws {
        let zone = try #require(
            made(ZoneBytes.file(version: 1, types: [standard, daylight], changes: [(1_772_964_000, 1)])))
        #expect(zone.utcOffset(at: 1_772_963_999) == -28_800)
        #expect(zone.utcOffset(at: 1_772_964_000) == -25_200)
        #expect(zone.utcOffset(at: 4_000_000_000) == -25_200)
        #expect(zone.nextChange(after: 1_772_964_000) == nil)
    }

    @Test("versions 2 to 4, and later ones, have 64 bits and a rule", arguments: 2...5)
    func laterVersions(version: Int) throws {
        // 1900-01-01 is out of reach of 32 bits.
        let zone = try #require(
            made(
                ZoneBytes.file(
                    version: version, types: [standard, daylight], changes: [(-2_208_988_800, 1), (0, 0)],
                    footer: "PST8PDT,M3.2.0,M11.1.0")))
        #expect(zone.utcOffset(at: -2_208_988_801) == -28_800)
        #expect(zone.utcOffset(at: -2_208_988_800) == -25_200)
        #expect(zone.nextChange(after: 1_772_000_000) == 1_772_964_000)
        #expect(zone.utcOffset(at: 1_796_101_200) == -28_800)
    }

    @Test("an empty rule says nothing of later times: the last local time holds")
    func emptyRule() throws {
        let zone = try #require(made(ZoneBytes.file(types: [standard, daylight], changes: [(0, 1)], footer: "")))
        #expect(zone.utcOffset(at: 4_000_000_000) == -25_200)
    }

    @Test("a file without changes is its rule in all years, or its one local time")
    func withoutChanges() throws {
        let ruled = try #require(made(ZoneBytes.file(types: [standard], footer: "PST8PDT,M3.2.0,M11.1.0")))
        #expect(ruled.nextChange(after: 1_772_000_000) == 1_772_964_000)
        #expect(ruled.abbreviation(at: 1_780_000_000) == "PDT")
        let fixed = try #require(
            made(ZoneBytes.file(types: [ZoneBytes.LocalType(offset: 0, name: "UTC")], footer: "UTC0")))
        #expect(fixed.utcOffset(at: 0) == 0 && fixed.nextChange(after: .min) == nil)
    }

    @Test("a change of name alone moves no clock")
    func nameAlone() throws {
        // British Columbia on 1 November 2026: PDT becomes MST.
        let mountain = ZoneBytes.LocalType(offset: -25_200, name: "MST")
        let zone = try #require(
            made(
                ZoneBytes.file(
                    types: [standard, daylight, mountain], changes: [(1_772_964_000, 1), (1_793_523_600, 2)],
                    footer: "MST7")))
        #expect(zone.nextChange(after: 1_772_964_000) == nil)
        #expect(zone.abbreviation(at: 1_793_523_599) == "PDT" && zone.abbreviation(at: 1_793_523_600) == "MST")
        #expect(zone.isDaylight(at: 1_793_523_599) && !zone.isDaylight(at: 1_793_523_600))
    }

    @Test("a file that counts leap seconds is refused, with what to use instead")
    func leapSeconds() {
        let data = data(ZoneBytes.file(types: [standard], footer: "PST8", leapSeconds: 2))
        #expect(data.zone("Test/Zone") == nil)
        #expect(data.problem(of: "Test/Zone")?.description.contains("zoneinfo/right") == true)
    }

    @Test("a file that ends early is refused wherever it ends")
    func truncated() {
        let whole = ZoneBytes.file(
            types: [standard, daylight], changes: [(0, 0), (1_772_964_000, 1)], footer: "PST8PDT,M3.2.0,M11.1.0")
        #expect(made(whole) != nil)
        for length in 0..<whole.count {
            let data = data(Array(whole.prefix(length)))
            #expect(data.zone("Test/Zone") == nil && data.problem(of: "Test/Zone") != nil, "\(length) bytes")
        }
    }

    @Test("counts, types and orders that cannot be are refused")
    func impossible() {
        var counts = ZoneBytes.file(version: 1, types: [standard])
        counts.replaceSubrange(32..<36, with: [0x7F, 0xFF, 0xFF, 0xFF])
        #expect(made(counts) == nil)
        #expect(made(ZoneBytes.file(types: [standard], changes: [(0, 1)])) == nil)
        #expect(made(ZoneBytes.file(types: [standard, daylight], changes: [(5, 1), (5, 0)])) == nil)
        #expect(made(ZoneBytes.file(types: [], footer: "PST8")) == nil)
        #expect(made(ZoneBytes.file(types: [ZoneBytes.LocalType(offset: 200_000, name: "FAR")])) == nil)
        #expect(made(ZoneBytes.file(types: [standard], footer: "PST8PDT")) == nil)
        #expect(made(Array("TZiF".utf8)) == nil && made([]) == nil)
    }
}
