import Foundation
import NIOCore
import NIOPosix

/// What came over the wire.
struct WireAnswer: Sendable, Equatable {
    /// Everything as it came.
    var text: String
    /// Whether the phone closed the connection afterwards.
    var closed: Bool

    var statusLine: String { String(text.prefix { $0 != "\r\n" }) }
    var status: Int { Int(statusLine.split(separator: " ").dropFirst().first ?? "") ?? 0 }

    var body: String {
        text.firstRange(of: "\r\n\r\n").map { String(text[$0.upperBound...]) } ?? ""
    }

    func header(_ name: String) -> String? {
        let head = text.firstRange(of: "\r\n\r\n").map { String(text[..<$0.lowerBound]) } ?? text
        let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ": ") }
        return line.map { String($0.dropFirst(name.count + 2)) }
    }

    var isComplete: Bool {
        guard let length = header("Content-Length").flatMap({ Int($0) }) else { return false }
        return body.utf8.count >= length
    }
}

/// The smallest HTTP client there is: bytes out, bytes in.
enum WireClient {
    typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    struct NoAnswerInTime: Error {}

    static func connect(_ address: String) async throws -> Connection {
        let parts = address.dropFirst("http://".count).split(separator: ":")
        return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: String(parts[0]), port: Int(parts[1]) ?? 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Connection(wrappingChannelSynchronously: channel)
                }
            }
    }

    /// Sends bytes and reads until the answer is whole or the phone closes.
    /// - Throws: `NoAnswerInTime` after `seconds` real seconds.
    static func send(_ request: String, to address: String, within seconds: Double = 300) async throws -> WireAnswer {
        try await withThrowingTaskGroup(of: WireAnswer.self) { group in
            group.addTask {
                let connection = try await connect(address)
                return try await connection.executeThenClose { inbound, outbound in
                    try await outbound.write(ByteBuffer(string: request))
                    return try await read(inbound)
                }
            }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                throw NoAnswerInTime()
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw NoAnswerInTime() }
            return first
        }
    }

    private static func read(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>) async throws -> WireAnswer {
        var answer = WireAnswer(text: "", closed: false)
        do {
            for try await bytes in inbound {
                answer.text += String(buffer: bytes)
                if answer.isComplete, answer.header("Connection") == "keep-alive" { return answer }
            }
        } catch is IOError {
            // A reset is an end, too.
        }
        answer.closed = true
        return answer
    }

    /// GET, on a connection of its own.
    static func get(_ path: String, at address: String, within seconds: Double = 300) async throws -> WireAnswer {
        try await send("GET \(path) HTTP/1.1\r\nHost: phone\r\n\r\n", to: address, within: seconds)
    }
}
