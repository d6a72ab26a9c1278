@testable import CampaignStore
import Campaigns
@testable import Dialer
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import OffhookServer

@Suite("Live events") struct EventStreamTests {
    /// Reads a stream until it has said a text, or for two seconds.
    private func stream(
        _ client: any TestClientProtocol, _ bench: ServerBench, _ path: String, _ headers: HTTPFields,
        then act: @escaping @Sendable () async throws -> Void = {}
    ) async throws -> TestResponse {
        async let answer = client.get(path, headers)
        while await bench.hub.listenerCounts.values.reduce(0, +) == 0 {
            try await Task.sleep(for: .milliseconds(2))
        }
        try await act()
        await bench.hub.closeAll()
        return try await answer
    }

    private func numbers(_ text: String) -> [Int64] {
        text.split(separator: "\n").filter { $0.hasPrefix("id: ") }.compactMap { Int64($0.dropFirst(4)) }
    }

    @Test("a stream begins now, and hands out what comes, each event once and in order")
    func begins() async throws {
        let bench = try ServerBench()
        let session = try bench.session(of: try await bench.user("mia", .manager))
        try bench.store.recordEvent("clock_set", detail: "before", at: bench.now)
        try await bench.run { client async throws in
            let answer = try await stream(client, bench, "/events", session.headers) {
                try bench.store.recordEvent("clock_set", detail: "first", at: bench.now)
                try await bench.hub.handOutEvents(bench.store)
                try bench.store.recordEvent("clock_set", detail: "second", at: bench.now)
                try await bench.hub.handOutEvents(bench.store)
            }
            #expect(answer.headers[.contentType] == "text/event-stream")
            #expect(numbers(answer.text) == [2, 3])
            #expect(!answer.text.contains("before") && answer.text.contains("second"))
        }
    }

    @Test("with Last-Event-ID a stream resumes without a gap and without a repetition", arguments: [0, 1, 3, 2500])
    func resumes(last: Int64) async throws {
        let bench = try ServerBench()
        let session = try bench.session(of: try await bench.user("mia", .manager))
        for _ in 0..<2503 { try bench.store.recordEvent("clock_set", detail: "x", at: bench.now) }
        try await bench.run { client async throws in
            let headers = session.headers.with("Last-Event-ID", "\(last)")
            let answer = try await stream(client, bench, "/events", headers) {
                try bench.store.recordEvent("clock_set", detail: "x", at: bench.now)
                try await bench.hub.handOutEvents(bench.store)
            }
            #expect(numbers(answer.text) == Array((last + 1)...2504))
        }
    }

    @Test("a Last-Event-ID that is no number is refused")
    func nonsense() async throws {
        let bench = try ServerBench()
        let session = try bench.session(of: try await bench.user("mia", .manager))
        try await bench.run { client async throws in
            let answer = try await client.get("/events", session.headers.with("Last-Event-ID", "x"))
            #expect(answer.status == .badRequest)
        }
    }

    @Test("a limited manager hears of their campaigns alone")
    func limited() async throws {
        let bench = try ServerBench()
        let ids = try ["mine", "other"].map { name in
            let yaml = "campaign: \(name)\nregion: US\ncalling_rules: { pack: none }\n"
            return try bench.store.applyCampaign(
                CampaignFile.read(yaml, file: "c.yaml"), yaml: yaml, file: "c.yaml", script: nil, at: bench.now
            ).id
        }
        let session = try bench.session(of: try await bench.user("mia", .manager, campaigns: [ids[0]]))
        try await bench.run { client async throws in
            let answer = try await stream(client, bench, "/events", session.headers.with("Last-Event-ID", "0")) {
                try bench.store.setState(.started, of: "other", at: bench.now)
                try bench.store.setState(.started, of: "mine", at: bench.now)
                try bench.store.recordEvent("clock_set", detail: "x", at: bench.now)
                try await bench.hub.handOutEvents(bench.store)
            }
            let campaigns = answer.text.split(separator: "\n").filter { $0.hasPrefix("data: ") }
            #expect(campaigns.count == 2)
            #expect(campaigns.allSatisfy { $0.contains("\"campaign_id\":\(ids[0].value)") })
        }
    }

    @Test("a limited manager's floor counts the contacts of their campaigns and names no other that is held back")
    func limitedFloor() throws {
        let status = EngineStatus(
            now: Instant(milliseconds: 0), startedAt: Instant(milliseconds: 0), stations: [], devices: [:],
            outcomes: [.answered: 9], callsLastMinute: 4, contacts: ContactCounts(), finishedAtStart: 0,
            held: [
                HeldCampaign(campaign: "mine", reason: Reason(code: "a", text: "mine waits")),
                HeldCampaign(campaign: "other", reason: Reason(code: "b", text: "other waits")),
            ], isStopping: false)
        let progress = CampaignProgressView(
            campaignId: 1, total: 10, remaining: 4, parked: 0, contacts: [:], outcomes: ["answered": 2], at: "")
        let summary = FloorSummary(status, campaigns: ["mine"], progress: [progress], lastMinute: 1)
        #expect(summary.held == ["mine waits"])
        #expect(summary.callsLastMinute == 1)
        #expect(summary.contactsTotal == 10 && summary.contactsRemaining == 4)
        #expect(summary.outcomes == ["answered": 2])
    }

    @Test("filters leave out what was not asked for, of what was missed and of what comes")
    func filters() async throws {
        let bench = try ServerBench()
        let session = try bench.session(of: try await bench.user("mia", .manager))
        try bench.store.recordEvent("clock_set", detail: "missed", at: bench.now)
        try bench.store.record("station_changed", station: "desk-1", detail: "missed", at: bench.now)
        try await bench.run { client async throws in
            for (query, expected) in [
                ("event=clock_set", [1, 3]), ("event=clock_set&event=station_changed", [1, 2, 3, 4]),
                ("station=desk-1", [2, 4]), ("agent=nobody", []),
            ] as [(String, [Int64])] {
                let answer = try await stream(client, bench, "/api/v1/events?after=0&\(query)", session.headers) {
                    guard try bench.store.lastJournalNumber() == 2 else { return }
                    try bench.store.recordEvent("clock_set", detail: "new", at: bench.now)
                    try bench.store.record("station_changed", station: "desk-1", detail: "new", at: bench.now)
                    try await bench.hub.handOutEvents(bench.store)
                }
                #expect(numbers(answer.text) == expected, "\(query)")
            }
            let wrong = try await client.get("/api/v1/events?campaign=none", session.headers)
            #expect(wrong.status == .notFound)
        }
    }

    @Test("a listener that does not keep up is cut off, and the others are not")
    func slow() async throws {
        let bench = try ServerBench()
        let slow = await bench.hub.subscribe(.events)
        let quick = await bench.hub.subscribe(.events)
        var iterator = quick.items.makeAsyncIterator()
        for _ in 0..<(LiveHub.patience + 2) {
            try bench.store.recordEvent("clock_set", detail: "x", at: bench.now)
            try await bench.hub.handOutEvents(bench.store)
            _ = await iterator.next()
        }
        #expect(await bench.hub.listenerCounts["events"] == 1)
        var kept = 0
        for await _ in slow.items { kept += 1 }
        #expect(kept == LiveHub.patience)
    }
}
