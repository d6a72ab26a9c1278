import CampaignStore
import Campaigns
import Dialer
import Foundation
import NetworkAddresses

/// Which references to passcodes pages and the interface may give: whoever uses them has no shell on the server, and must not get its
/// files and variables sent somewhere by calling them passcodes.
public struct PasscodeReferences: Sendable, Hashable {
    /// The folder that holds files of passcodes, an absolute path; nil allows none.
    public var folder: String?
    /// How the names of variables begin; nil allows none.
    public var prefix: String?

    /// References from their two rules.
    public init(folder: String? = nil, prefix: String? = nil) {
        self.folder = folder.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
        self.prefix = prefix
    }

    /// A reference as it is stored, within what is allowed.
    ///
    /// - Parameter database: its path; none of its files is a passcode.
    /// - Throws: ``Refused``.
    func checked(_ source: PasscodeSource, besides database: String) throws -> PasscodeSource {
        switch source {
        case .plain: return source
        case .environment(let name):
            guard let prefix, name.hasPrefix(prefix), name.count > prefix.count,
                name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
            else {
                throw Refused(
                    prefix.map { "here only variables whose names begin with \($0) may be named" }
                        ?? "here no variables may be named (offhook serve --passcode-env PREFIX allows some)")
            }
            return source
        case .file(let path), .fileWithin(_, let path):
            guard let folder else {
                throw Refused("here no files may be named (offhook serve --passcode-dir DIR allows those of a folder)")
            }
            let name = path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : path
            do {
                _ = try FolderFile.read(name, in: folder, besides: database)
            } catch let problem as FolderFile.Problem {
                throw Refused("here only files of the server's folder for passcodes may be named; \(problem)")
            }
            return .fileWithin(folder: folder, name: name)
        }
    }

    /// Why a reference is not taken, a clause.
    struct Refused: Error {
        let why: String

        init(_ why: String) {
            self.why = why
        }
    }
}

/// What may be entered of phones by page and by the interface.
struct PhoneEntry: Sendable {
    let parts: ServerParts

    /// The devices as they may be applied, and what forbids it, each a sentence.
    ///
    /// A passcode goes where its phone's address says. So a new address needs the passcode typed: a reference, or what is stored, would
    /// be sent to an address of somebody's choice.
    func admit(_ devices: [DeviceSettings]) async throws -> (devices: [DeviceSettings], problems: [String]) {
        let bindings = try parts.store.passcodeBindings()
        let references = parts.configuration.passcodeReferences
        var taken: [DeviceSettings] = []
        var problems: [String] = []
        var local: Set<String> = []
        for var device in devices {
            let known = bindings.first { $0.name == device.name && !$0.isRemoved }
            let stays = known.map { Self.isSame($0.address, device.address) } ?? false
            if stays, known?.mayBeLocal == true { local.insert(device.name) }
            do {
                device.passcode = try Self.passcode(
                    of: device, known: known, bindings, references, besides: parts.store.path)
            } catch let refused as PasscodeReferences.Refused {
                problems.append(
                    "The passcode of phone “\(device.name)”: \(refused.why). Type the passcode itself, or run offhook phones apply on the server."
                )
            }
            taken.append(device)
        }
        guard problems.isEmpty else { return (taken, problems) }
        return try await LocalPhones.admit(
            taken, allowed: parts.configuration.allowsLocalPhones, known: local)
    }

    /// - Throws: `PasscodeReferences.Refused`.
    private static func passcode(
        of device: DeviceSettings, known: PasscodeBinding?, _ bindings: [PasscodeBinding],
        _ references: PasscodeReferences, besides database: String
    ) throws -> PasscodeSource {
        if case .plain = device.passcode { return device.passcode }
        let sharing = bindings.filter { binding in
            binding.reference.map { place(of: $0, references) == place(of: device.passcode, references) } ?? false
        }
        // It goes there already.
        if let bound = sharing.first(where: { isSame($0.address, device.address) })?.reference { return bound }
        let checked = try references.checked(device.passcode, besides: database)
        if let known, !isSame(known.address, device.address) {
            throw PasscodeReferences.Refused("the address of the phone changes, and then it has to be typed")
        }
        if let other = sharing.first {
            throw PasscodeReferences.Refused(
                "it is that of “\(other.name)” at another address, and would be sent to this one")
        }
        return checked
    }

    /// What a reference leads to, whatever it is called.
    private static func place(of source: PasscodeSource, _ references: PasscodeReferences) -> String {
        switch source {
        case .environment(let name): "env \(name)"
        case .fileWithin(let folder, let name): "file \(folder)/\(name)"
        case .file(let path): "file \(path.hasPrefix("/") ? path : "\(references.folder ?? "")/\(path)")"
        case .plain: "plain"
        }
    }

    /// Whether a passcode goes to the same place by two addresses; https is another way than http.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        one == other
            || WebAddress(one) == WebAddress(other)
                && URL(string: one)?.scheme?.lowercased() == URL(string: other)?.scheme?.lowercased()
    }
}
