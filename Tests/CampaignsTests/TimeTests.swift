import Campaigns
import Testing

@Suite("Time") struct TimeTests {
    @Test(
        "an instant is written in UTC and read back",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_772_949_599_007, "2026-03-08T05:59:59.007Z"),
            (-1, "1969-12-31T23:59:59.999Z"), (1_709_164_800_000, "2024-02-29T00:00:00.000Z"),
        ] as [(Int64, String)])
    func iso(milliseconds: Int64, text: String) {
        #expect(Instant(milliseconds: milliseconds).iso8601 == text)
        #expect(Instant(iso8601: text)?.milliseconds == milliseconds)
    }

    @Test("an offset is taken off, and a fraction of one digit is tenths")
    func offset() {
        #expect(Instant(iso8601: "2026-03-10T10:00:00-04:00")?.iso8601 == "2026-03-10T14:00:00.000Z")
        #expect(Instant(iso8601: "2026-03-10T10:00:00.5Z")?.iso8601 == "2026-03-10T10:00:00.500Z")
    }

    @Test(
        "a time without a zone, or that is none, is refused",
        arguments: [
            "2026-03-10T10:00:00", "2026-02-30T10:00:00Z", "2026-13-01T10:00Z", "tomorrow", "2026-03-10T24:00Z",
        ])
    func refused(text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    @Test(
        "durations are read with their units and written shortest",
        arguments: ["25s", "1h30m", "250ms", "1d", "0s", "20m"])
    func durations(text: String) throws {
        #expect(DurationText.write(try #require(DurationText.read(text))) == text)
    }

    @Test(
        "a bare number, an unknown unit and an overflow are no durations",
        arguments: ["25", "", "5x", "s", "99999999999999999999d", "-5s"])
    func noDurations(text: String) {
        #expect(DurationText.read(text) == nil)
    }

    @Test("dates go to days and back over four centuries")
    func civil() {
        for days in stride(from: Int64(-80_000), to: 80_000, by: 1) {
            let date = CivilDate(daysSince1970: days)
            #expect(date.daysSince1970 == days)
        }
    }
}
