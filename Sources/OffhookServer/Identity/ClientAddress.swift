import HTTPTypes
import Hummingbird
import NIOCore

/// From where a request comes.
enum ClientAddress {
    /// Behind trusted proxies the last address that none of them has. What is no address there counts for nothing, so that
    /// nobody chooses what they are counted by, or what is written of them.
    static func of(_ request: Request, connection: String, trusted: Set<String>) -> String {
        let connection = plain(connection)
        guard trusted.contains(connection), let name = HTTPField.Name("X-Forwarded-For") else { return connection }
        let chain = request.headers[values: name].flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
            .map { plain(String($0.filter { $0 != " " && $0 != "\t" })) }
        guard let last = chain.last(where: { !trusted.contains($0) && !$0.isEmpty }) else { return connection }
        return isAddress(last) ? last : connection
    }

    /// An address without what some proxies write around it: brackets, a port, and the IPv6 form of an IPv4 address.
    private static func plain(_ text: String) -> String {
        var text = text
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            text = String(text[text.index(after: text.startIndex)..<end])
        } else if text.count(where: { $0 == ":" }) == 1, let colon = text.firstIndex(of: ":") {
            text = String(text[..<colon])
        }
        let mapped = "::ffff:"
        if text.lowercased().hasPrefix(mapped), text.contains(".") { text = String(text.dropFirst(mapped.count)) }
        return text
    }

    private static func isAddress(_ text: String) -> Bool {
        text.utf8.count <= 64 && (try? SocketAddress(ipAddress: text, port: 0)) != nil
    }
}
