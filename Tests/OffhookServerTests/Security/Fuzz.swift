import Foundation
import TestSupport

/// Requests that were spoiled on purpose.
enum Fuzz {
    /// Spoils requests: pieces are cut out, doubled, exchanged between two of them, or put in from elsewhere.
    static func requests(
        _ count: Int, from seeds: [String], using generator: inout SeededGenerator
    ) -> [String] {
        let pieces = [
            "\r\n", "\n", "\r", " ", "\t", "\u{0}", ":", "\r\n\r\n", "0\r\n\r\n", "Content-Length: 0\r\n",
            "Content-Length: 7\r\n",
            "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: xchunked\r\n",
            "Transfer-Encoding: chunked, identity\r\n",
            "transfer-encoding:\tchunked\r\n", "Host: x\r\n", "GET /phone-events/s/d/x HTTP/1.1\r\n",
            "ffffffffffffffff1\r\n",
        ]
        var made: [String] = []
        while made.count < count {
            var bytes = Array((seeds.randomElement(using: &generator) ?? "").utf8.prefix(2000))
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0...bytes.count, using: &generator)
                let end = min(bytes.count, place + Int.random(in: 0...20, using: &generator))
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes.removeSubrange(place..<end)
                case 1: bytes.insert(contentsOf: bytes[place..<end], at: place)
                case 2: bytes.insert(contentsOf: (pieces.randomElement(using: &generator) ?? "").utf8, at: place)
                default:
                    let other = Array((seeds.randomElement(using: &generator) ?? "").utf8.prefix(2000))
                    bytes = bytes.prefix(place) + other.suffix(Int.random(in: 0...other.count, using: &generator))
                }
            }
            made.append(String(decoding: bytes, as: UTF8.self))
        }
        return made
    }
}

extension String {
    /// How many answers of HTTP/1.1 begin in what a server sent; its bodies begin no line like that.
    var statusLines: Int { components(separatedBy: "HTTP/1.1 ").count - 1 }
}
