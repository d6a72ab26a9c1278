import CivilTime
import Foundation
import TestSupport
import Testing

/// Data as a folder has them.
@Suite("Folders of zone files") struct ZoneDirectoryTests {
    private let pacific = ZoneBytes.file(
        types: [ZoneBytes.LocalType(offset: -28_800, name: "PST")], footer: "PST8PDT,M3.2.0,M11.1.0")
    private let utc = ZoneBytes.file(types: [ZoneBytes.LocalType(offset: 0, name: "UTC")], footer: "UTC0")

    @Test("zones are found in their folders; what repeats them, counts leap seconds or is no zone is not")
    func names() throws {
        let folder = try TemporaryFolder()
        for name in ["America/Los_Angeles", "America/Argentina/Ushuaia", "Etc/UTC", "UTC", "Etc/GMT+5"] {
            try folder.write(name, utc)
        }
        for name in ["posix/America/Los_Angeles", "right/UTC", "localtime", "posixrules"] {
            try folder.write(name, utc)
        }
        try folder.write("zone.tab", Array("US\n".utf8))
        try folder.write("America/README", Array("text".utf8))
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/America/US", withDestinationPath: "../America/Los_Angeles")
        // A link to the folder itself must not be followed for ever.
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/America/Loop", withDestinationPath: "..")
        let data = try ZoneDirectory(path: folder.path).read()
        #expect(Set(["America/Los_Angeles", "America/US", "Etc/GMT+5", "Etc/UTC", "UTC"]).isSubset(of: data.names))
        #expect(data.zone("America/Argentina/Ushuaia") != nil)
        for name in ["localtime", "posixrules", "posix/America/Los_Angeles", "right/UTC", "zone.tab", "America/README"]
        {
            #expect(data.zone(name) == nil && !data.names.contains(name), "\(name)")
        }
        #expect(data.zone("../../etc/passwd") == nil && data.zone("") == nil && data.zone("america/los_angeles") == nil)
    }

    @Test("an altered copy of the data changes the answer; US/Pacific follows America/Los_Angeles")
    func alteredCopy() throws {
        let system = try ZoneDirectory(path: ZoneDirectory.standardPath).read()
        let folder = try TemporaryFolder()
        try folder.write("America/Vancouver", pacific)
        try folder.write("America/Los_Angeles", pacific)
        try folder.write("tzdata.zi", Array("# version 2025b\n".utf8))
        let altered = try ZoneDirectory(environment: ["TZDIR": folder.path]).read()
        // 2026-12-01T05:00Z is 21:00 by the law of 2025, and 22:00 since British Columbia keeps its summer time.
        let evening: Int64 = 1_796_101_200
        #expect(altered.zone("America/Vancouver")?.utcOffset(at: evening) == -8 * 3600)
        // Data of before the change cannot know it.
        let isToldOfIt = (system.version.name ?? "") >= "2026f"
        #expect(system.zone("America/Vancouver")?.utcOffset(at: evening) == (isToldOfIt ? -7 : -8) * 3600)
        #expect(altered.zone("US/Pacific")?.utcOffset(at: evening) == -8 * 3600)
        #expect(altered.zone("US/Pacific")?.name == "US/Pacific" && altered.names.contains("US/Pacific"))
        #expect(altered.zone("US/Eastern") == nil, "its present zone has no file")
        #expect(system.differingNames(from: altered).contains("America/Denver"))
        #expect(altered.version.name == "2025b" && altered.origin == folder.path)
    }

    @Test("old names are known where the system has no files of them, by the listing of the data too")
    func oldNames() throws {
        let folder = try TemporaryFolder()
        try folder.write("America/Los_Angeles", pacific)
        try folder.write("Europe/Kyiv", utc)
        try folder.write("tzdata.zi", Array("# version 2027a\nL America/Los_Angeles America/Hollywood\n".utf8))
        let data = try ZoneDirectory(path: folder.path).read()
        for name in ["US/Pacific", "America/Hollywood", "Europe/Kiev"] { #expect(data.zone(name) != nil, "\(name)") }
        let system = try ZoneDirectory(path: ZoneDirectory.standardPath).read()
        for (old, present) in FormerZoneNames.links {
            let zone = try #require(system.zone(present), "\(old) is \(present)")
            #expect(system.zone(old)?.hasSameClocks(as: zone) == true, "\(old) is \(present)")
        }
        #expect(FormerZoneNames.links.count == 151)
    }

    @Test("data are those of the moment they were read in, whatever becomes of the files")
    func snapshot() throws {
        let folder = try TemporaryFolder()
        try folder.write("America/Vancouver", pacific)
        let before = try ZoneDirectory(path: folder.path).read()
        try folder.write("America/Vancouver", utc)
        #expect(before.zone("America/Vancouver")?.utcOffset(at: 1_796_101_200) == -28_800)
        let after = try ZoneDirectory(path: folder.path).read()
        #expect(after.zone("America/Vancouver")?.utcOffset(at: 1_796_101_200) == 0)
        #expect(after.differingNames(from: before) == ["America/Vancouver", "Canada/Pacific"])
        #expect(before.differingNames(from: before).isEmpty)
    }

    @Test("a folder without data is told with what to do")
    func missing() throws {
        let folder = try TemporaryFolder()
        let named = #expect(throws: ZoneDirectoryProblem.self) { try ZoneDirectory(path: folder.path).read() }
        #expect(named?.description.contains("TZDIR") == true && named?.description.contains(folder.path) == true)
        for name in ["", "/usr/share/zoneinfo", "/usr/share/zoneinfo//"] {
            #expect(ZoneDirectory(environment: ["TZDIR": name]).path == "/usr/share/zoneinfo", "\(name)")
        }
        #expect(ZoneDirectory(environment: [:]).path == "/usr/share/zoneinfo")
    }

    @Test(
        "the release is what the folder's files say; where they say nothing it is unknown",
        arguments: [
            ("tzdata.zi", "# version 2026f\n# redo posix_only\n", "2026f"),
            ("+VERSION", "2026a\n", "2026a"), ("version", "2025c", "2025c"),
            ("tzdata.zi", "# version 2026f-14-gabc1234-dirty\n", "2026f-14-gabc1234-dirty"),
            ("tzdata.zi", "# redo\n", nil), ("version", "latest", nil),
        ])
    func release(file: String, text: String, expected: String?) throws {
        let folder = try TemporaryFolder()
        try folder.write("UTC", utc)
        try folder.write(file, Array(text.utf8))
        #expect(try ZoneDirectory(path: folder.path).read().version.name == expected)
        #expect(ZoneDirectory(path: folder.path).version().name == expected)
    }
}
