import CivilTime
import Foundation
import TestSupport
import Testing

@Suite("Zone data that change") struct ZoneSourceTests {
    private static let lawOf2025 = ZoneBytes.file(
        types: [ZoneBytes.LocalType(offset: -28_800, name: "PST")], footer: "PST8PDT,M3.2.0,M11.1.0")
    private static let permanent = ZoneBytes.file(
        types: [
            ZoneBytes.LocalType(offset: -28_800, name: "PST"),
            ZoneBytes.LocalType(offset: -25_200, isDaylight: true, name: "PDT"),
        ], changes: [(1_772_964_000, 1)], footer: "MST7")

    private let folder: TemporaryFolder
    private let source: ZoneSource

    init() throws {
        folder = try TemporaryFolder()
        for zone in ["America/Los_Angeles", "America/Vancouver"] { try folder.write(zone, Self.lawOf2025) }
        try folder.write("tzdata.zi", Array("# version 2025b\n".utf8))
        source = ZoneSource(ZoneDirectory(path: folder.path))
    }

    @Test("changed files are taken up together, at the second look that finds them the same")
    func rest() throws {
        #expect(source.data.version.name == "2025b")
        #expect(source.look() == nil && source.look() == nil, "nothing has changed")
        try folder.write("America/Vancouver", Self.permanent)
        #expect(source.look() == nil, "they may still be unpacked")
        try folder.write("tzdata.zi", Array("# version 2026f\n".utf8))
        #expect(source.look() == nil, "they were")
        #expect(source.data.version.name == "2025b")
        let change = try #require(source.look())
        #expect(change.before.version.name == "2025b" && change.after.version.name == "2026f")
        #expect(source.data.isSame(as: change.after) && !source.data.isSame(as: change.before))
        // 2026-12-01 to 2028-12-01.
        let years: ClosedRange<Int64> = 1_796_083_200...1_859_241_600
        #expect(
            change.after.changedNames(from: change.before, during: years) == ["America/Vancouver", "Canada/Pacific"])
        // From 8 March to 1 November 2026 both laws are one.
        #expect(change.after.changedNames(from: change.before, during: 1_780_000_000...1_790_000_000).isEmpty)
        #expect(source.look() == nil && source.look() == nil, "it is told once")
    }

    @Test("files that were only written anew change nothing")
    func sameContent() throws {
        let before = source.data
        try folder.write("America/Vancouver", Self.lawOf2025)
        #expect(source.look() == nil && source.look() == nil)
        #expect(source.data.differingNames(from: before).isEmpty)
    }

    @Test("a folder that is emptied, or holds no data any more, leaves the data as they are")
    func emptied() throws {
        _ = source.data
        try FileManager.default.removeItem(atPath: "\(folder.path)/America")
        try folder.write("tzdata.zi", Array("# version 2027a\n".utf8))
        #expect(source.look() == nil && source.look() == nil && source.look() == nil)
        #expect(source.data.zone("America/Vancouver") != nil && source.data.version.name == "2025b")
        try FileManager.default.removeItem(atPath: folder.path)
        #expect(source.look() == nil && source.look() == nil)
        #expect(source.data.zone("America/Vancouver") != nil && source.problem == nil)
    }

    @Test("where there were no data they are taken up when they are there")
    func appearing() throws {
        let empty = try TemporaryFolder()
        let source = ZoneSource(ZoneDirectory(path: empty.path))
        #expect(source.problem != nil && source.data.names.isEmpty && source.localZone.name == "Etc/UTC")
        try empty.write("America/Vancouver", Self.permanent)
        #expect(source.look() == nil)
        #expect(source.look()?.after.names == ["America/Vancouver", "Canada/Pacific"])
        #expect(source.problem == nil)
    }
}
