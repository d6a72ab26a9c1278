extension PhoneSimulator {
    /// A phones.yaml that names these phones, their passcodes in clear, for numbers dialled nationally in the US.
    public nonisolated static func phonesYAML(for phones: [RunningPhone]) -> String {
        var lines = ["local_phones: true", "dial: { format: national, region: US }", "phones:"]
        for phone in phones {
            lines.append("  - name: \(quoted(phone.name))")
            lines.append("    family: \(phone.family.rawValue)")
            lines.append("    address: \(phone.address)")
            lines.append("    passcode: \(quoted(phone.passcode))")
            if phone.family == .dp {
                lines.append("    handsets: [\(phone.handsets.map(String.init).joined(separator: ", "))]")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A JSON string is a YAML double-quoted scalar too.
    private static func quoted(_ text: String) -> String {
        "\"\(GuideAnswers.escaped(text))\""
    }
}
