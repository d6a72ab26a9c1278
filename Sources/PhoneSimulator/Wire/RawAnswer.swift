import NIOCore

/// An HTTP answer, written byte by byte, for a phone's answers are not always what a library would write.
struct RawAnswer: Sendable, Equatable {
    var status = 200
    var reason = "OK"
    var contentType: String
    var body: String
    /// Where the client is sent; nil for no such header.
    var location: String?

    /// The HTML page of a small web server.
    static func page(status: Int, reason: String) -> Self {
        Self(
            status: status, reason: reason, contentType: "text/html",
            body:
                "<html><head><title>\(status) \(reason)</title></head><body><h1>\(status) \(reason)</h1></body></html>")
    }

    /// The answer on the wire. In HTTP/1.0 no length is given: the connection's end is the body's.
    func bytes(http10: Bool, closing: Bool, allocator: ByteBufferAllocator) -> ByteBuffer {
        var text = "HTTP/\(http10 ? "1.0" : "1.1") \(status) \(reason)\r\nContent-Type: \(contentType)\r\n"
        if let location { text += "Location: \(location)\r\n" }
        if !http10 {
            text += "Content-Length: \(body.utf8.count)\r\nConnection: \(closing ? "close" : "keep-alive")\r\n"
        }
        return allocator.buffer(string: text + "\r\n" + body)
    }
}
