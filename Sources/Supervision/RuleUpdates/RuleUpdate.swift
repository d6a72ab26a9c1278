import CallingRules
import Campaigns
import Foundation

/// Rule packs as their issuer signed them: one file, a head of five lines and the packs as JSON.
///
///     offhook rules 1
///     key FINGERPRINT
///     signature BASE64
///     length BYTES
///     (an empty line)
///     {"issued":"2026-12-15T10:00:00.000Z","packs":[{"file":"us.yaml","yaml":"…"}]}
///
/// The signature is Ed25519 over the first line and the JSON, so that a signature for one form of the file is none for another.
public struct RuleUpdate: Sendable {
    /// The most bytes that a file may have.
    public static let mostBytes = 4 << 20
    /// How a file of this form begins.
    static let heading = "offhook rules 1"

    /// A pack's file in an update.
    struct Part: Codable, Sendable, Hashable {
        var file: String
        var yaml: String
    }

    private struct Content: Codable {
        var issued: String
        var packs: [Part]
    }

    /// When the issuer signed it; a newer one takes the place of an older.
    public let issued: Instant
    /// By name.
    public let packs: [String: RulePack]
    /// The file, byte by byte.
    let bytes: Data

    /// Reads a signed file whole: nothing of it is believed before its signature is.
    ///
    /// - Parameters:
    ///   - name: the file's name, for messages.
    ///   - key: the key that this installation trusts.
    /// - Throws: `SupervisionError` with what is wrong; `FileProblems` where a pack in it cannot be read.
    public init(_ bytes: Data, name: String, key: RuleKey) throws {
        guard bytes.count <= Self.mostBytes else { throw Self.oversized(name, bytes.count) }
        let (head, rest) = try Self.head(of: bytes, name)
        let field = { (index: Int, word: String) -> String in
            guard head.count == 4, head[index].hasPrefix(word + " ") else { throw Self.foreign(name) }
            return String(head[index].dropFirst(word.count + 1))
        }
        let signer = try field(1, "key")
        guard let signature = Data(base64Encoded: try field(2, "signature")), let length = Int(try field(3, "length"))
        else { throw Self.foreign(name) }
        guard rest.count == length else {
            throw SupervisionError(
                "\(name) has \(rest.count) bytes of \(length): it was cut off or changed on its way; fetch it again. "
                    + "Nothing was changed.")
        }
        guard signer == key.fingerprint else {
            throw SupervisionError(
                "\(name) is signed with the key \(signer.prefix(32)), and this installation trusts \(key.fingerprint) alone; ask "
                    + "whoever issues your rule packs. Nothing was changed.")
        }
        guard key.isSignature(signature, over: Self.signed(rest)) else {
            throw SupervisionError(
                "The signature of \(name) does not fit what is in it: it was changed on its way; fetch it again. Nothing was changed."
            )
        }
        guard let content = try? JSONDecoder().decode(Content.self, from: rest),
            let issued = Instant(iso8601: content.issued), !content.packs.isEmpty
        else { throw Self.foreign(name) }
        self.issued = issued
        self.bytes = bytes
        var packs: [String: RulePack] = [:]
        for part in content.packs {
            let pack = try RulePackFile.read(part.yaml, file: "\(name): \(part.file)")
            guard packs.updateValue(pack, forKey: pack.name) == nil else {
                throw SupervisionError("\(name) has the pack “\(pack.name)” twice. Nothing was changed.")
            }
        }
        self.packs = packs
    }

    /// A signed file's bytes.
    ///
    /// - Throws: `FileProblems` where a pack cannot be read; `SupervisionError` where there is none, or too much.
    public static func sign(
        _ files: [(file: String, yaml: String)], with signer: RuleSigner, at issued: Instant
    ) throws -> Data {
        guard !files.isEmpty else {
            throw SupervisionError("There is no pack to sign; a folder of packs has files such as us.yaml.")
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let content = try encoder.encode(
            Content(issued: issued.iso8601, packs: files.map { Part(file: $0.file, yaml: $0.yaml) }))
        let bytes = try seal(content, with: signer)
        guard bytes.count <= mostBytes else { throw oversized("The file", bytes.count) }
        // What nobody could take is not given out.
        _ = try RuleUpdate(bytes, name: "the update", key: signer.publicKey)
        return bytes
    }

    /// A file of some content with its head.
    static func seal(_ content: Data, with signer: RuleSigner) throws -> Data {
        let head = [
            heading, "key \(signer.publicKey.fingerprint)",
            "signature \(try signer.signature(over: signed(content)).base64EncodedString())", "length \(content.count)",
            "", "",
        ].joined(separator: "\n")
        return Data(head.utf8) + content
    }

    /// The file at a path, not more than one may have.
    ///
    /// - Throws: `SupervisionError` where it cannot be read, or is too large.
    public static func bytes(at path: String) throws -> Data {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw SupervisionError("The file \(path) cannot be read; check the path and its permissions.")
        }
        defer { try? handle.close() }
        let bytes: Data
        do {
            bytes = try handle.read(upToCount: mostBytes + 1) ?? Data()
        } catch {
            throw SupervisionError("The file \(path) cannot be read; name the file that offhook rules sign wrote.")
        }
        guard bytes.count <= mostBytes else { throw oversized(path, nil) }
        return bytes
    }

    private static func signed(_ content: Data) -> Data { Data((heading + "\n").utf8) + content }

    /// The lines before the empty one, and the bytes after it.
    private static func head(of bytes: Data, _ name: String) throws -> (lines: [String], rest: Data) {
        // A head is short; in a file of another kind nobody looks further for its end.
        let beginning = bytes.prefix(1024)
        guard let text = String(data: beginning.prefix { $0 < 0x80 }, encoding: .ascii),
            text.hasPrefix("offhook rules ")
        else { throw foreign(name) }
        let form = text.prefix { !$0.isNewline }
        guard form == heading else {
            throw SupervisionError(
                "\(name) has a form that this version of Offhook does not read (\(form.prefix(40))); upgrade Offhook first. Nothing "
                    + "was changed.")
        }
        guard let end = beginning.firstRange(of: Data("\n\n".utf8)) else { throw foreign(name) }
        let lines = String(decoding: bytes[bytes.startIndex..<end.lowerBound], as: UTF8.self).split(separator: "\n")
        return (lines.map(String.init), Data(bytes[end.upperBound...]))
    }

    private static func foreign(_ name: String) -> SupervisionError {
        SupervisionError("\(name) is not a file of rule packs that offhook rules sign wrote. Nothing was changed.")
    }

    private static func oversized(_ name: String, _ count: Int?) -> SupervisionError {
        SupervisionError(
            "\(name) has \(count.map { "\($0 >> 10) KB" } ?? "too many bytes"), and an update of rule packs at most \(mostBytes >> 20) MB. "
                + "Nothing was changed.")
    }
}
