import Foundation
import Testing

@testable import OffhookServer

@Suite("QR codes") struct QRCodeTests {
    private func rows(_ code: QRCode, dark: Character = "1", light: Character = "0") -> String {
        code.modules.map { String($0.map { $0 ? dark : light }) }.joined(separator: "\n")
    }

    /// Versions 1 to 10, each as full as it can be, as segno 1.6.6 draws them (another implementation of ISO/IEC 18004).
    static let known: [(version: Int, mask: Int, sha256: String)] = [
        (1, 3, "146423a69215ee85eb80d3ed1389b95ca83043d9f87cd74483db2bd37ee1d1f3"),
        (2, 6, "2b37333147a4f068c11d254b82b4259e263f5a0476ab44dab54638eb84a776d9"),
        (3, 1, "41e45d194d47fc68e765428bd7a0fb98f55d3c8e1f167f80c2ae9e84dd205a70"),
        (4, 4, "169ed42475ab3e3b050a45d475bbd6da76c667a579d3328904214b33514a1871"),
        (5, 7, "4433b7ef9f3849411467b84f4ea039b6083346e5bab2ad1e9bd2390091611aa3"),
        (6, 2, "e714dc2f1acb16a68b57d895c35dbcfa3c365107b1ab8c2530e139aa2b03e69e"),
        (7, 5, "8ed46877dbe20becb918e930fd67a3611710f998643af0218f0218e1ecdad6e6"),
        (8, 0, "78a912956e6c08403b0f9b7d8feed008cb05aa7eb4956cb34c93788f8fe3f7f8"),
        (9, 3, "aa124237fc11f73f542e487f673d6e4eb600155a80bdc85ce408694228df31ea"),
        (10, 6, "d75dc51cc7e9c1ac8c74be3298b2cb20837ae9efca707385d525a24c050959a7"),
    ]

    @Test("every version is drawn as another implementation draws it", arguments: known)
    func likeOthers(_ vector: (version: Int, mask: Int, sha256: String)) throws {
        let most = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213][vector.version - 1]
        let text = String(
            String(repeating: "offhook:0123456789abcdefghijklmnopqrstuvwxyz?&=%-", count: 6).prefix(most))
        let code = try #require(QRCode(text, mask: vector.mask))
        #expect(code.version == vector.version)
        #expect(SecretText.hash(of: rows(code)).map { String(format: "%02x", $0) }.joined() == vector.sha256)
    }

    /// As the Python package qrcode 8.2 draws it. (segno fills up what is left over in another way, which readers do not look at.)
    @Test("a short text with padding, module by module, as a third implementation draws it")
    func short() throws {
        let code = try #require(QRCode("offhook", mask: 2))
        #expect(
            rows(code, dark: "#", light: ".") == """
                #######....#..#######
                #.....#....#..#.....#
                #.###.#.#####.#.###.#
                #.###.#.#.#...#.###.#
                #.###.#.##..#.#.###.#
                #.....#.##.#..#.....#
                #######.#.#.#.#######
                ........###..........
                #.#####...##..#####..
                .#.#.....#######.##.#
                ##...##.##..#.##...#.
                #.##...#..#####.#####
                ..##.##.##..#..##..##
                ........###.#..####.#
                #######..#.#.#.....#.
                #.....#.###.....#####
                #.###.#.#.##.#..#..#.
                #.###.#.##.######....
                #.###.#.###.#.#...#..
                #.....#...#####.###..
                #######.##..#...#..#.
                """)
    }

    @Test("of the masks the one is taken that is easiest to read, and what is too long gives no picture")
    func choice() throws {
        let text = "otpauth://totp/Offhook:root?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Offhook"
        let chosen = try #require(QRCode(text))
        let penalties = try (0...7).map { QRPenalty.of(try #require(QRCode(text, mask: $0)).modules) }
        #expect(QRPenalty.of(chosen.modules) == penalties.min())
        #expect(Set(penalties).count > 1)
        #expect(QRCode(String(repeating: "x", count: 213)) != nil)
        #expect(QRCode(String(repeating: "x", count: 214)) == nil)
    }

    @Test("the picture has every dark module once, and a quiet edge of four")
    func picture() throws {
        let code = try #require(QRCode("offhook"))
        let svg = code.svg
        #expect(svg.contains("viewBox=\"0 0 29 29\"") && !svg.contains("style="))
        let dark = code.modules.reduce(0) { $0 + $1.count { $0 } }
        let widths = svg.matches(of: /M(\d+) (\d+)h(\d+)v1h-(\d+)z/).compactMap { match -> Int? in
            match.3 == match.4 ? Int(match.3) : nil
        }
        #expect(widths.reduce(0, +) == dark)
    }
}
