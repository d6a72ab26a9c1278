import AsyncHTTPClient
import Campaigns
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// How late the pages heard of what happened, from the moment at which the dialer knew.
final class Lateness: Sendable {
    private let late = Mutex<[Double]>([])
    private let isCounting = Mutex(false)

    /// Counts from now on, or no more.
    func count(_ isOn: Bool) { isCounting.withLock { $0 = isOn } }

    func note(milliseconds: Double) {
        guard isCounting.withLock({ $0 }) else { return }
        late.withLock { $0.append(milliseconds) }
    }

    /// All that was counted, the smallest first.
    var sorted: [Double] { late.withLock { $0.sorted() } }
}

/// An agent's live page, as a browser holds it: it sits down at its station and listens.
struct AgentPage: Sendable {
    let agent: LiveFloor.Agent
    let base: String
    let client: HTTPClient
    let lateness: Lateness

    /// What the page is told of its station.
    private struct Message: Decodable {
        struct Station: Decodable {
            var state: String
            var since: String?
        }

        var station: Station
    }

    /// Listens until it is cancelled or the server ends the stream.
    func listen() async throws {
        var sit = HTTPClientRequest(url: "\(base)/desk/station")
        sit.method = .POST
        sit.headers.add(name: "Cookie", value: agent.cookie)
        sit.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        sit.body = .bytes(ByteBuffer(string: "csrf=\(agent.csrf)&station=\(agent.station)"))
        let seated = try await client.execute(sit, timeout: .seconds(30))
        guard seated.status == .seeOther else {
            throw Failure("\(agent.station): the server answered \(seated.status.code) to the agent who sat down")
        }
        var request = HTTPClientRequest(url: "\(base)/live/desk")
        request.headers.add(name: "Cookie", value: agent.cookie)
        let stream = try await client.execute(request, deadline: .distantFuture)
        guard stream.status == .ok else {
            throw Failure("\(agent.station): the live page was answered \(stream.status.code)")
        }
        var ready = HTTPClientRequest(url: "\(base)/api/v1/desk/ready")
        ready.method = .POST
        ready.headers.add(name: "Cookie", value: agent.cookie)
        ready.headers.add(name: "X-CSRF-Token", value: agent.csrf)
        let taken = try await client.execute(ready, timeout: .seconds(30))
        guard (200..<300).contains(taken.status.code) else {
            throw Failure("\(agent.station): the server answered \(taken.status.code) to the agent who is ready")
        }
        var held = ""
        var last = ""
        for try await buffer in stream.body {
            held += String(buffer: buffer)
            let now = Instant(Date())
            while let end = held.firstRange(of: "\n") {
                let line = held[..<end.lowerBound]
                if line.hasPrefix("data: ") { take(line.dropFirst(6), at: now, &last) }
                held = String(held[end.upperBound...])
            }
        }
    }

    /// Notes a state that the page had not seen yet.
    private func take(_ data: Substring, at now: Instant, _ last: inout String) {
        guard let message = try? JSONDecoder().decode(Message.self, from: Data(data.utf8)),
            let text = message.station.since, let since = Instant(iso8601: text)
        else { return }
        let state = "\(message.station.state) \(text)"
        guard state != last else { return }
        // What it finds when it comes is no news.
        if !last.isEmpty { lateness.note(milliseconds: now.since(since).inSeconds * 1000) }
        last = state
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) {
            self.description = description
        }
    }
}
