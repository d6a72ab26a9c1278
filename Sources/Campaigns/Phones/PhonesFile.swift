import Foundation
import PhoneNumbers
import Yams

/// Reads `phones.yaml`.
public enum PhonesFile {
    /// The devices of the file.
    ///
    /// - Parameter mayBeLocal: whether whoever reads it lets its phones be at loopback, link-local and this computer's own addresses.
    /// - Throws: `FileProblems` with every mistake at once; none of them quotes a passcode.
    public static func read(
        _ text: String, file: String, mayBeLocal: Bool = false
    ) throws(FileProblems) -> [DeviceSettings] {
        let document = YAMLDocument(file: file)
        guard let root = document.root(of: text) else { throw FileProblems(document.problems) }
        let sitePlan = root.mapping("dial").map { dial in
            let keys = DialPlanKeys.read(dial)
            dial.finish()
            return keys
        }
        // Whether this counts is for whoever reads the file to say, see `hasLocalPhones`.
        _ = root.bool("local_phones")
        var devices: [DeviceSettings] = []
        if root.node("phones") == nil { root.report("the file needs the key “phones”, a list", at: "phones") }
        for node in root.sequence("phones") ?? [] {
            guard let phone = document.mapping(node, what: "a phone") else { continue }
            guard var device = readPhone(phone, sitePlan: sitePlan ?? DialPlanOverride()) else { continue }
            device.mayBeLocal = mayBeLocal
            if devices.contains(where: { $0.name == device.name }) {
                phone.report("the phone name “\(device.name)” stands twice; names must differ", at: "name")
            }
            if let twin = devices.first(where: { $0.address == device.address }) {
                phone.report(
                    "“\(device.name)” has the same address as “\(twin.name)”; one device must stand once, "
                        + "or it could be given two calls at once", at: "address")
            }
            devices.append(device)
        }
        root.finish()
        try document.throwIfAny()
        return devices
    }

    /// Whether the file says by its key “local_phones” that its phones are at loopback, link-local or this computer's own addresses, as virtual
    /// ones are. On the command line that counts; by page it does not, or any file could send a passcode there.
    public static func hasLocalPhones(_ text: String) -> Bool {
        YAMLDocument(file: "").root(of: text)?.bool("local_phones") ?? false
    }

    private static func readPhone(_ phone: YAMLMapping, sitePlan: DialPlanOverride) -> DeviceSettings? {
        let name = phone.required("name")
        if let name, !CampaignFile.isName(name) {
            phone.report("“name” must be 1 to 64 letters, digits, hyphens or underscores, not “\(name)”", at: "name")
        }
        if phone.node("family") == nil { phone.report("a phone needs the key “family”: gxp or dp", at: "family") }
        let family = phone.choice("family", as: PhoneFamily.self)
        let address = phone.required("address")
        if let address { checkAddress(address, phone) }
        let passcode = readPasscode(phone)
        let dial = phone.mapping("dial").map { keys in
            let plan = DialPlanKeys.read(keys)
            keys.finish()
            return plan
        }
        let method = phone.choice("dial_with", as: DialMethod.self)
        if family == .dp, method == .sendKey {
            phone.report("a DP handset dials with make_call only; remove “dial_with”", at: "dial_with")
        }
        let account = phone.integer("account", in: 0...15)
        let trunk = phone.string("trunk")
        let handsets = readHandsets(phone, family: family)
        let states = readStates(phone)
        let certificate = readCertificate(phone)
        phone.finish()
        guard let name, let family, let address, let passcode else { return nil }
        return DeviceSettings(
            name: name, family: family, address: address, passcode: passcode, certificate: certificate,
            dialWith: method, account: account ?? 0, trunk: trunk, handsets: handsets,
            dial: (dial ?? DialPlanOverride()).over(sitePlan), states: states)
    }

    private static func checkAddress(_ address: String, _ phone: YAMLMapping) {
        guard let url = URLComponents(string: address), let host = url.host, !host.isEmpty,
            url.scheme == "http" || url.scheme == "https", url.query == nil, url.user == nil,
            url.path.isEmpty || url.path == "/"
        else {
            phone.report("“address” must look like http://192.0.2.10 or https://192.0.2.10:8443", at: "address")
            return
        }
    }

    private static func readPasscode(_ phone: YAMLMapping) -> PasscodeSource? {
        guard let node = phone.node("passcode") else {
            phone.report("a phone needs the key “passcode”: { env: NAME }, { file: path } or a string", at: "passcode")
            return nil
        }
        if let text = node.scalar?.string { return .plain(text) }
        guard let mapping = phone.mapping("passcode") else { return nil }
        let environment = mapping.string("env")
        let file = mapping.string("file")
        mapping.finish()
        switch (environment, file) {
        case (let name?, nil): return .environment(name)
        case (nil, let path?): return .file(path)
        default:
            phone.report("“passcode” must hold either “env” or “file”", at: "passcode")
            return nil
        }
    }

    private static func readHandsets(_ phone: YAMLMapping, family: PhoneFamily?) -> [Int] {
        guard let nodes = phone.sequence("handsets") else {
            if family == .dp { phone.report("a DP base needs the key “handsets”, such as [1, 2]", at: "handsets") }
            return []
        }
        if family == .gxp { phone.report("a GXP phone has no handsets; remove the key", at: "handsets") }
        let numbers = nodes.compactMap { $0.scalar.flatMap { Int($0.string) } }.filter { (1...10).contains($0) }
        if numbers.count != nodes.count || Set(numbers).count != numbers.count || numbers.isEmpty {
            phone.report("“handsets” must list numbers from 1 to 10, each once", at: "handsets")
        }
        return numbers
    }

    private static func readStates(_ phone: YAMLMapping) -> [String: LinePhase] {
        guard let mapping = phone.mapping("states") else { return [:] }
        var states: [String: LinePhase] = [:]
        for word in mapping.keys {
            states[word.lowercased()] = mapping.choice(word, as: LinePhase.self)
        }
        return states
    }

    private static func readCertificate(_ phone: YAMLMapping) -> CertificatePolicy {
        guard let node = phone.node("certificate") else { return .system }
        if let word = node.scalar?.string {
            if word == "system" { return .system }
            if word == "unchecked" { return .unchecked }
            phone.report("“certificate” must be system, unchecked or { sha256: fingerprint }", at: "certificate")
            return .system
        }
        guard let mapping = phone.mapping("certificate") else { return .system }
        let fingerprint = mapping.required("sha256") ?? ""
        mapping.finish()
        let hex = fingerprint.filter { $0 != ":" }
        if hex.count != 64 || !hex.allSatisfy(\.isHexDigit) {
            mapping.report(
                "“sha256” must be a fingerprint of 64 hexadecimal digits, with or without colons", at: "sha256")
        }
        return .pinned(hex.lowercased())
    }
}
