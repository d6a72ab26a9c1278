import Campaigns
import Foundation
import GRDB
import SystemResources

/// A phone with the address that its passcode is sent to, present or removed.
public struct PasscodeBinding: Sendable, Hashable {
    public var name: String
    public var address: String
    /// Where the passcode is read; nil where it was typed and is sealed.
    public var reference: PasscodeSource?
    /// Whether the phone is gone.
    public var isRemoved: Bool
    /// Whether it may be at a local address.
    public var mayBeLocal: Bool
}

extension CampaignStore {
    /// Every phone that there is or was, with the address that its passcode goes to.
    public func passcodeBindings() throws -> [PasscodeBinding] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT name, address, passcode_kind, passcode, settings, removed_at FROM devices ORDER BY id"
            ).map { row in
                let extras = try DeviceExtras(stored: row["settings"])
                let text: String = row["passcode"]
                let reference: PasscodeSource? =
                    switch row["passcode_kind"] as String {
                    case "env": .environment(text)
                    case "file": .stored(file: text, folder: extras.passcodeFolder)
                    default: nil
                    }
                return PasscodeBinding(
                    name: row["name"], address: row["address"], reference: reference,
                    isRemoved: (row["removed_at"] as Int64?) != nil, mayBeLocal: extras.mayBeLocal ?? false)
            }
        }
    }

    /// The passcode of a device in clear, read from where its source points.
    ///
    /// - Throws: `StoreError.passcodeMissing`, `.keyUnusable`, `.notFound`.
    public func passcode(of device: String, environment: [String: String]) throws -> String {
        let row = try read {
            try Row.fetchOne(
                $0, sql: "SELECT passcode_kind, passcode, settings FROM devices WHERE name = ? AND removed_at IS NULL",
                arguments: [device])
        }
        guard let row else { throw StoreError.notFound(what: "phone", name: device, hint: "see offhook phones list") }
        let reference: String = row["passcode"]
        switch row["passcode_kind"] as String {
        case "env":
            guard let value = environment[reference], !value.isEmpty else {
                throw StoreError.passcodeMissing(
                    device: device, detail: "set the environment variable \(reference) that phones.yaml names")
            }
            return value
        case "file":
            let data = try contents(ofFile: reference, in: DeviceExtras(stored: row["settings"]), of: device)
            return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        default:
            return try vault.unseal(reference)
        }
    }

    private func contents(ofFile reference: String, in extras: DeviceExtras, of device: String) throws -> Data {
        guard
            case .fileWithin(let folder, let name) = PasscodeSource.stored(
                file: reference, folder: extras.passcodeFolder)
        else {
            try OwnFiles.refuse(reference, of: path)
            if let data = FileManager.default.contents(atPath: reference) { return data }
            if let shortage = ResourceShortage.now() {
                throw StoreError.unavailable(path: reference, StoreFault(shortage))
            }
            throw StoreError.passcodeMissing(
                device: device, detail: "the file \(reference) that phones.yaml names cannot be read")
        }
        do {
            return try FolderFile.read(name, in: folder, besides: path)
        } catch let problem as FolderFile.Problem {
            if let shortage = ResourceShortage.now() {
                throw StoreError.unavailable(path: name, StoreFault(shortage))
            }
            throw StoreError.passcodeMissing(
                device: device, detail: "the file \(name) of the folder for passcodes cannot be read, \(problem)")
        }
    }
}

extension PasscodeSource {
    /// A file as the database has it.
    fileprivate static func stored(file: String, folder: String?) -> PasscodeSource {
        guard let folder, file.hasPrefix(folder + "/") else { return .file(file) }
        return .fileWithin(folder: folder, name: String(file.dropFirst(folder.count + 1)))
    }
}

extension DeviceExtras {
    /// The document as it is stored.
    fileprivate init(stored text: String) throws {
        self = try JSONDecoder().decode(DeviceExtras.self, from: Data(text.utf8))
    }
}
