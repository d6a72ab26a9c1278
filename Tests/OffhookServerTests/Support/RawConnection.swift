import NIOCore
import NIOPosix

/// A connection on which anything can be said, as small phones do.
enum RawConnection {
    /// Sends bytes and reads until the other side closes.
    static func ask(port: Int, _ text: String) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            var answer = ""
            for try await buffer in inbound { answer += String(buffer: buffer) }
            return answer
        }
    }

    /// Sends bytes and reads until the other side closes or resets the connection: then what came until that moment counts.
    ///
    /// - Parameter half: whether this side says that it sends nothing more.
    static func everything(port: Int, _ text: String, half: Bool = false) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: half)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: half))
                }
            }
        var answer = ""
        do {
            try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: text))
                if half { outbound.finish() }
                for try await buffer in inbound { answer += String(buffer: buffer) }
            }
        } catch {
            // The other side had enough.
        }
        return answer
    }

    /// Connections that say nothing.
    static func hold(_ count: Int, port: Int) async throws -> [any Channel] {
        var held: [any Channel] = []
        for _ in 0..<count {
            held.append(
                try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    .connect(host: "127.0.0.1", port: port).get())
        }
        return held
    }
}
