import CivilTime
import Foundation
import Testing

/// The system's data as others read them.
@Suite("Zones against zdump and zoneinfo") struct ReferenceTests {
    private static let years = 2000...2040

    /// What `Tests/Zones/changes.py` writes of the system's folder.
    private func reference() throws -> [(zone: String, source: String, times: [[Substring]])] {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Zones/changes.py")
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", script.path, ZoneDirectory.standardPath, String(Self.years.lowerBound),
            String(Self.years.upperBound),
        ]
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "changes.py needs python3 and zdump (Debian's libc-bin)")
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map { line in
            let words = line.split(separator: " ")
            return (String(words[0]), String(words[1]), words.dropFirst(2).map { $0.split(separator: ",") })
        }
    }

    @Test("every zone and change from 2000 to 2040 is as zdump and Python's zoneinfo have it")
    func everyChange() throws {
        let data = try ZoneDirectory(path: ZoneDirectory.standardPath).read()
        let start: Int64 = 946_684_800
        let end: Int64 = 2_240_524_800
        var looks = 0
        for (name, source, times) in try reference() {
            let zone = try #require(data.zone(name), "\(name)")
            var moves: Set<Int64> = []
            var before: Int?
            for time in times {
                let second = try #require(Int64(time[0]))
                let offset = try #require(Int(time[1]))
                if zone.utcOffset(at: second) != offset || zone.abbreviation(at: second) != time[2] {
                    Issue.record("\(name) at \(second): \(source) has \(time)")
                }
                if time.count > 3, zone.isDaylight(at: second) != (time[3] == "1") {
                    Issue.record("\(name) at \(second): \(source) has \(time)")
                }
                if let before, before != offset { moves.insert(second) }
                before = offset
                looks += 1
            }
            var ours: Set<Int64> = []
            var next = zone.nextChange(after: start)
            while let change = next, change < end {
                ours.insert(change)
                next = zone.nextChange(after: change)
            }
            #expect(ours == moves, "\(name): \(source) has other changes")
        }
        #expect(looks > 40_000, "few times were compared")
    }

    @Test("the rule of later years goes on after the years that are written out")
    func laterYears() throws {
        let data = try ZoneDirectory(path: ZoneDirectory.standardPath).read()
        let zone = try #require(data.zone("America/New_York"))
        // 1 July and 1 December 2150, and the changes of that year: the second Sunday of March, the first of November.
        #expect(zone.utcOffset(at: 5_695_920_000) == -4 * 3600)
        #expect(zone.utcOffset(at: 5_709_139_200) == -5 * 3600)
        #expect(zone.nextChange(after: 5_695_920_000) == 5_706_568_800)
        #expect(zone.abbreviation(at: 5_695_920_000) == "EDT")
    }
}
