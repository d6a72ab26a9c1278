import CivilTime
import Foundation
import Testing

@Suite("Releases of zone data") struct ZoneDataVersionTests {
    // 2026-12-01, noon UTC.
    private let now: Int64 = 1_796_126_400

    @Test("a release that is known has its date, whenever its file was written")
    func known() {
        #expect(ZoneDataVersion(name: "2026f").age(at: now) == 35)
        #expect(ZoneDataVersion(name: "2025b", modifiedOnDay: 20_780).age(at: now) == 619)
        #expect(!ZoneDataVersion(name: "2026f").isOld(at: now) && ZoneDataVersion(name: "2025b").isOld(at: now))
        // 400 days after 2025-10-27 it is not old; the day after it is.
        let version = ZoneDataVersion(name: "2025c")
        let limit = (20_432 + 400) * Int64(86_400)
        #expect(!version.isOld(at: limit + 86_399) && version.isOld(at: limit + 86_400))
    }

    @Test("a later release is dated by its file, within the year of its name")
    func later() {
        // 2027-03-05; 2028-02-01, which is after 2027; 1970-01-01, as an archive without times has it.
        #expect(ZoneDataVersion(name: "2027a", modifiedOnDay: 20_882).releasedOnDay == 20_882)
        #expect(ZoneDataVersion(name: "2027a", modifiedOnDay: 21_215).releasedOnDay == 21_183)
        #expect(ZoneDataVersion(name: "2027a", modifiedOnDay: 0).releasedOnDay == 20_819)
        #expect(ZoneDataVersion(name: "2027a").releasedOnDay == 20_819)
    }

    @Test("data that do not say what they are count as old")
    func unknown() {
        #expect(ZoneDataVersion.unknown.isOld(at: now) && ZoneDataVersion.unknown.age(at: now) == nil)
        #expect(ZoneDataVersion.unknown.description == "unknown")
        #expect(ZoneDataVersion(name: "now").isOld(at: now))
    }
}

@Suite("This computer's zone") struct LocalZoneTests {
    private let data: ZoneData

    init() throws { data = try ZoneDirectory(path: ZoneDirectory.standardPath).read() }

    @Test(
        "TZ comes first, as a name or as a path",
        arguments: [
            "America/New_York", ":America/New_York", "/usr/share/zoneinfo/America/New_York",
            ":/usr/share/zoneinfo/posix/America/New_York",
        ])
    func variable(text: String) {
        #expect(LocalZone.name(in: data, environment: ["TZ": text], etc: "/nonexistent") == "America/New_York")
    }

    @Test("then where /etc/localtime points, then /etc/timezone, then UTC")
    func files() throws {
        let folder = try TemporaryFolder()
        #expect(LocalZone.name(in: data, environment: [:], etc: folder.path) == "Etc/UTC")
        try folder.write("timezone", Array("Europe/Paris\n".utf8))
        #expect(LocalZone.name(in: data, environment: [:], etc: folder.path) == "Europe/Paris")
        // As Debian has it, and as systemd has it.
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/localtime", withDestinationPath: "../usr/share/zoneinfo/America/Chicago")
        #expect(LocalZone.name(in: data, environment: [:], etc: folder.path) == "America/Chicago")
        #expect(LocalZone.name(in: data, environment: ["TZ": "Mars/Olympus"], etc: folder.path) == "America/Chicago")
    }
}
