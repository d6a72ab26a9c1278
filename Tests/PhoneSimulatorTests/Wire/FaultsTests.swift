import Foundation
import Testing

@testable import PhoneSimulator

@Suite("Faults of the web server")
struct FaultsTests {
    static let call = "phonenumber=103&account=0"

    @Test("A dropped request does nothing and is not answered")
    func drop() async throws {
        try await Rig.with { rig in
            try await rig.simulator.setBehaviour({ $0.faults = [RequestFault(.drop)] }, of: "desk")
            let answer = try await rig.get("api-make_call", Self.call)
            #expect(answer == WireAnswer(text: "", closed: true))
            #expect(await rig.simulator.calls().isEmpty)
        }
    }

    @Test("An echo repeats the request's URL in an error and does nothing", arguments: [true, false])
    func echo(asJSON: Bool) async throws {
        try await Rig.with { rig in
            try await rig.simulator.setBehaviour({ $0.faults = [RequestFault(.echo(asJSON: asJSON))] }, of: "desk")
            let answer = try await rig.get("api-make_call", Self.call)
            #expect(answer.body.contains(rig.path("api-make_call", Self.call)))
            #expect(answer.body.hasPrefix(asJSON ? "{" : "<html>"))
            #expect(await rig.simulator.calls().isEmpty)
        }
    }

    @Test("A lost answer is not a lost command")
    func lose() async throws {
        try await Rig.with { rig in
            try await rig.simulator.setBehaviour({ $0.faults = [RequestFault(.lose)] }, of: "desk")
            let answer = try await rig.get("api-make_call", Self.call)
            #expect(answer == WireAnswer(text: "", closed: true))
            #expect(await rig.simulator.calls().count == 1)
        }
    }

    @Test("A stalled answer never comes; the command acts if the setting says so", arguments: [true, false])
    func stall(acts: Bool) async throws {
        try await Rig.with { rig in
            let fault = RequestFault(.stall(commandActs: acts), functions: ["api-make_call"])
            try await rig.simulator.setBehaviour({ $0.faults = [fault] }, of: "desk")
            let path = rig.path("api-make_call", Self.call)
            let address = rig.phone.address
            let stalled = Task { try await WireClient.get(path, at: address, within: 1) }
            try await rig.wait("the request to stall") {
                await rig.simulator.truthLog().contains { $0.fault == "stall" }
            }
            #expect(try await rig.get("api-get_line_status").status == 200, "others are still served")
            await #expect(throws: WireClient.NoAnswerInTime.self) { try await stalled.value }
            #expect(await rig.simulator.calls().count == (acts ? 1 : 0))
        }
    }

    @Test("Garbage comes as HTML, as half the JSON, or cut off; the command has acted")
    func garbage() async throws {
        try await Rig.with { rig in
            let kinds: [RequestFault.Kind] = [.html, .truncatedJSON, .cut]
            try await rig.simulator.setBehaviour(
                { $0.faults = kinds.map { RequestFault($0, functions: ["api-make_call"], times: 1) } }, of: "desk")
            let html = try await rig.get("api-make_call", Self.call)
            #expect(html.status == 200)
            #expect(html.body.hasPrefix("<html>"))
            let truncated = try await rig.get("api-make_call", Self.call)
            #expect(truncated.body == String(GuideAnswers.callMade.prefix(GuideAnswers.callMade.count / 2)))
            #expect(truncated.isComplete)
            let cut = try await rig.get("api-make_call", Self.call)
            #expect(!cut.isComplete)
            #expect(cut.closed)
            #expect(await rig.simulator.calls().count == 3)
        }
    }

    @Test("Faults strike every n-th request of their functions, so many times, the first listed first")
    func schedule() {
        var schedule = FaultSchedule()
        let faults = [
            RequestFault(.lose, every: 3, functions: ["api-send_key"], times: 2), RequestFault(.drop, every: 4),
        ]
        let keys = (1...12).map { _ in schedule.strike(function: "api-send_key", faults: faults) }
        #expect(keys == [nil, nil, .lose, .drop, nil, .lose, nil, .drop, nil, nil, nil, .drop])
        var other = FaultSchedule()
        #expect((1...3).allSatisfy { _ in other.strike(function: "api-get_line_status", faults: faults) == nil })
    }

    @Test("A phone keeps connections open, or closes them, or speaks HTTP/1.0; the content type is a setting")
    func connections() async throws {
        try await Rig.with { rig in
            let kept = try await rig.get("api-get_phone_status")
            #expect(kept.statusLine == "HTTP/1.1 200 OK")
            #expect(kept.header("Content-Type") == "text/plain")
            #expect(!kept.closed)

            try await rig.simulator.setBehaviour(
                { ($0.closesAfterAnswer, $0.contentType) = (true, "text/html") }, of: "desk")
            let closed = try await rig.get("api-get_phone_status")
            #expect(closed.header("Connection") == "close")
            #expect(closed.header("Content-Type") == "text/html")
            #expect(closed.closed)

            try await rig.simulator.setBehaviour({ $0.speaksHTTP10 = true }, of: "desk")
            let old = try await rig.get("api-get_phone_status")
            #expect(old.statusLine == "HTTP/1.0 200 OK")
            #expect(old.header("Content-Length") == nil)
            #expect(old.closed)
            #expect(old.body.contains("available"))
        }
    }

    @Test("Requests that follow on one connection are answered in order")
    func pipelining() async throws {
        try await Rig.with { rig in
            try await rig.simulator.setBehaviour({ $0.latency = 0.01 }, of: "desk")
            let first = "GET \(rig.path("api-get_phone_status")) HTTP/1.1\r\nHost: phone\r\n\r\n"
            let last =
                "GET \(rig.path("api-get_line_status")) HTTP/1.1\r\nHost: phone\r\nConnection: close\r\n\r\n"
            let answer = try await WireClient.send(first + last, to: rig.phone.address)
            #expect(answer.text.contains("available"))
        }
    }

    @Test("Other methods, a POST without a length, and what is no HTTP are refused")
    func methods() async throws {
        try await Rig.with { rig async throws in
            let path = rig.path("api-make_call", Self.call)
            let put = "PUT \(path) HTTP/1.1\r\nHost: phone\r\nContent-Length: 0\r\n\r\n"
            #expect(try await WireClient.send(put, to: rig.phone.address).status == 405)
            let bare = "POST \(path) HTTP/1.1\r\nHost: phone\r\n\r\n"
            #expect(try await WireClient.send(bare, to: rig.phone.address).status == 411)
            #expect(await rig.simulator.calls().isEmpty)
            let post = "POST \(path) HTTP/1.1\r\nHost: phone\r\nContent-Length: 2\r\n\r\nhi"
            #expect(try await WireClient.send(post, to: rig.phone.address).body == GuideAnswers.callMade)
            #expect(try await WireClient.send("nonsense\r\n\r\n", to: rig.phone.address).closed)
        }
    }

    @Test("A slow phone serves one request at a time")
    func latency() async throws {
        try await Rig.with { rig in
            try await rig.simulator.setBehaviour({ ($0.latency, $0.jitter) = (0.04, 0.01) }, of: "desk")
            let start = ContinuousClock.now
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 { group.addTask { _ = try await rig.get("api-get_phone_status") } }
                try await group.waitForAll()
            }
            #expect(ContinuousClock.now - start >= .milliseconds(120))
        }
    }
}
