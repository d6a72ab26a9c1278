import ArgumentParser
import CallingRules
import Campaigns
import Foundation
import Supervision

/// `offhook rules sign`: for whoever issues rule packs.
struct RulesSignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "For issuers: sign all packs of a folder into one file for offhook rules update."
    )
    @Option(help: "The private key, a file that offhook rules keygen wrote.") var key: String
    @Option(help: "The file to write.") var output: String
    @Argument(help: "The folder with the packs, *.yaml.") var folder: String

    func run() async throws {
        let signer = try RuleSigner(TextFile.read(key), file: key)
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw CommandFailure("The folder \(folder) cannot be read; check the path.")
        }
        let atlas = try ShareDirectory.atlas()
        let files = try names.filter { $0.hasSuffix(".yaml") }.sorted().map { name in
            let path = folder + "/" + name
            let yaml = try TextFile.read(path)
            // Whoever takes the packs cannot fix them.
            _ = try RulePackFile.read(yaml, file: path, atlas: atlas)
            return (file: name, yaml: yaml)
        }
        let bytes = try RuleUpdate.sign(files, with: signer, at: Instant(Date()))
        try IssuerFile.write(bytes, to: output, mode: 0o644)
        Console.say("\(output) has \(files.count) packs, signed with the key \(signer.publicKey.fingerprint)")
    }
}

/// `offhook rules keygen`: the pair of keys of whoever issues rule packs.
struct RulesKeygenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keygen", abstract: "For issuers: make a pair of keys, FILE and FILE.pub.")
    @Argument(help: "The file of the private key; the public one gets .pub behind its name.") var file: String

    func run() async throws {
        let signer = RuleSigner()
        try IssuerFile.write(Data(signer.publicKey.text.utf8), to: file + ".pub", mode: 0o644)
        try IssuerFile.write(Data(signer.text.utf8), to: file, mode: 0o600)
        Console.say(
            "\(file) is the private key: keep it off the computers that dial. \(file).pub goes to every installation, as rules.pub in its share "
                + "folder. Its fingerprint: \(signer.publicKey.fingerprint)")
    }
}

/// Files that an issuer makes: none is written over.
private enum IssuerFile {
    static func write(_ bytes: Data, to path: String, mode: mode_t) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            throw CommandFailure(
                errno == EEXIST
                    ? "There is a file \(path) already; name another one."
                    : "The file \(path) cannot be written; check its folder.")
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: bytes)
            try handle.close()
        } catch {
            unlink(path)
            throw CommandFailure(
                "\(path) could not be written to its end (\(error.localizedDescription)); is the disk full?")
        }
    }
}
