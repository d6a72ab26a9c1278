import Crypto
import Foundation
import SystemResources

/// Seals passcodes with a key that lies beside the database, so that the database alone reveals none.
final class PasscodeVault: Sendable {
    private let path: String

    init(path: String) {
        self.path = path
    }

    /// AES-GCM, nonce and tag included, in base64.
    func seal(_ clear: String) throws -> String {
        let box = try AES.GCM.seal(Data(clear.utf8), using: key(makeIfMissing: true))
        guard let combined = box.combined else {
            throw StoreError.keyUnusable(path: path, detail: "sealing gave no box")
        }
        return combined.base64EncodedString()
    }

    func unseal(_ sealed: String) throws -> String {
        let key = try key(makeIfMissing: false)
        guard let data = Data(base64Encoded: sealed),
            let clear = try? AES.GCM.open(AES.GCM.SealedBox(combined: data), using: key)
        else {
            throw StoreError.keyUnusable(path: path, detail: "it is not the key that sealed the passcodes")
        }
        return String(decoding: clear, as: UTF8.self)
    }

    private func key(makeIfMissing: Bool) throws -> SymmetricKey {
        if let data = FileManager.default.contents(atPath: path) {
            guard data.count == 32 else {
                throw StoreError.keyUnusable(path: path, detail: "it does not hold 32 bytes")
            }
            return SymmetricKey(data: data)
        }
        // A key that cannot be read now is there all the same: nobody is to look for a back-up of it.
        if let shortage = ResourceShortage.now() { throw StoreError.unavailable(path: path, StoreFault(shortage)) }
        guard makeIfMissing else { throw StoreError.keyUnusable(path: path, detail: "there is no such file") }
        let key = SymmetricKey(size: .bits256)
        // Created with its final mode, so that no moment leaves it readable to others.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StoreError.keyUnusable(path: path, detail: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        let written = key.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == 32, fsync(descriptor) == 0 else {
            throw StoreError.keyUnusable(path: path, detail: String(cString: strerror(errno)))
        }
        return key
    }
}
