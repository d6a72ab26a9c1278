import Campaigns
import Foundation
import Testing

@testable import CampaignStore

@Suite("The sign of life in the database") struct HeartbeatTests {
    @Test("it is one row, of the last time, and says how many there were; a database that no engine had has none")
    func row() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try CampaignStore(path: folder.appendingPathComponent("t.db").path)
        defer { try? store.close() }
        #expect(try store.lastHeartbeat() == nil)
        let start = Instant(milliseconds: 1_773_151_200_000)
        for beat in 1...3 { try store.noteHeartbeat(at: start + .seconds(Int64(beat) * 10)) }
        let last = try #require(try store.lastHeartbeat())
        #expect(last.at == start + .seconds(30) && last.beats == 3)
        #expect(try store.problems() == [])
    }
}
