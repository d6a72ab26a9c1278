import Foundation
import NIOCore

extension ConnectionGate.Refusal {
    /// What is said to a connection that is not let in, before anything was read from it; it is closed at once.
    var answer: String {
        let text =
            switch self {
            case .address, .requests:
                "Too many connections come from your address at once. Close some pages, and try again in a few seconds.\n"
            case .total, .descriptors:
                "Offhook has as many connections as it takes. Try again in a few seconds.\n"
            }
        let status = self == .address || self == .requests ? "429 Too Many Requests" : "503 Service Unavailable"
        return [
            "HTTP/1.1 \(status)", "Content-Type: text/plain; charset=utf-8", "Content-Length: \(text.utf8.count)",
            "Connection: close", "Retry-After: 5", "Cache-Control: no-store", "X-Content-Type-Options: nosniff",
            "Content-Security-Policy: default-src 'none'", "", text,
        ].joined(separator: "\r\n")
    }

    /// Says so on a connection that was just accepted, and closes it. It is not taken into the event loop first: that costs more than
    /// whoever floods us is to get.
    ///
    /// - Parameter isPlain: whether the other end reads plain HTTP; one that begins with TLS is closed without a word.
    /// - Returns: when it is closed.
    func send(to connection: any Channel, isPlain: Bool) -> EventLoopFuture<Void> {
        connection.eventLoop.flatSubmit {
            if isPlain {
                _ = try? connection.pipeline.syncOperations.withUnsafeTransportIfAvailable(
                    of: NIOBSDSocket.Handle.self
                ) { socket in
                    let bytes = Array(answer.utf8)
                    _ = Foundation.send(socket, bytes, bytes.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
                    // What came already is taken, or the system would cut the answer off with a reset.
                    var request = [UInt8](repeating: 0, count: 4096)
                    _ = recv(socket, &request, request.count, Int32(MSG_DONTWAIT))
                }
            }
            return connection.close()
        }
    }
}
