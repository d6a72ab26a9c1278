import CivilTime
import TestSupport
import Testing

/// Rules of later years as footers have them.
@Suite("Rules of later years") struct ZoneRuleTests {
    private func made(_ footer: String) -> Zone? {
        ZoneData(
            files: [
                "Test/Zone": ZoneBytes.file(
                    version: 3, types: [ZoneBytes.LocalType(offset: 0, name: "UTC")], footer: footer)
            ],
            origin: "a test"
        ).zone("Test/Zone")
    }

    private func changes(_ footer: String, from start: Int64, until end: Int64) throws -> [Int64] {
        let zone = try #require(made(footer))
        var all: [Int64] = []
        var next = zone.nextChange(after: start)
        while let change = next, change < end {
            all.append(change)
            next = zone.nextChange(after: change)
        }
        return all
    }

    // The instants are those of `zdump -v` with these rules in the place of a zone's name.
    @Test(
        "the changes of 2030",
        arguments: [
            // New York; Nuuk, whose clocks change on the day before; Santiago, south of the equator; Lord Howe, half an hour.
            ("EST5EDT,M3.2.0,M11.1.0", [1_899_356_400, 1_919_916_000]),
            ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", [1_901_149_200, 1_919_293_200]),
            ("<-04>4<-03>,M9.1.6/24,M4.1.6/24", [1_901_761_200, 1_915_070_400]),
            ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", [1_901_718_000, 1_917_444_600]),
            // Dublin, whose winter time is the odd one; Jerusalem, 26 hours into the fourth Thursday.
            ("IST-1GMT0,M10.5.0,M3.5.0/1", [1_901_149_200, 1_919_293_200]),
            ("IST-2IDT,M3.4.4/26,M10.5.0", [1_900_972_800, 1_919_286_000]),
            // A zone that changes on days of the year.
            ("EET-2EEST,J90,300", [1_901_145_600, 1_919_372_400]),
        ])
    func changesOf2030(footer: String, expected: [Int64]) throws {
        #expect(try changes(footer, from: 1_893_456_000, until: 1_924_992_000) == expected)
    }

    @Test("daylight time all year moves no clock")
    func allYear() throws {
        let zone = try #require(made("XXX3EDT4,0/0,J365/23"))
        #expect(zone.utcOffset(at: 1_900_000_000) == -4 * 3600 && zone.abbreviation(at: 1_900_000_000) == "EDT")
        #expect(zone.utcOffset(at: 1_893_456_000 + 3 * 3600) == -4 * 3600)
        #expect(zone.nextChange(after: 1_900_000_000) == nil)
    }

    @Test("offsets are read with their sign, their minutes and their seconds")
    func offsets() {
        #expect(made("<+0545>-5:45")?.utcOffset(at: 0) == 20_700)
        #expect(made("<-0330>+3:30")?.utcOffset(at: 0) == -12_600)
        #expect(made("LMT0:36:44")?.utcOffset(at: 0) == -2204)
        #expect(made("<-03>3")?.abbreviation(at: 0) == "-03")
    }

    @Test(
        "a text that is no rule makes no zone",
        arguments: [
            "EST", "5", "ES5", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0",
            "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J300", "EST5EDT,366,300", "EST5EDT,M3.2.0/168,M11.1.0",
            "EST25", "<EST5", "EST5EDT,M3.2.0,M11.1.0x", "EST5EDT,M3.2.0,M11.1.0,", "EST5:60",
        ])
    func refused(text: String) { #expect(made(text) == nil) }
}
