extension PhoneCommand {
    /// The request that carries the command to a device of the family.
    ///
    /// - Throws: ``CommandFault`` where the family lacks the function or a key, or an argument does not fit; nothing
    ///   has been sent then.
    func request(for family: DeviceFamily) throws(CommandFault) -> CommandRequest {
        let profile = FamilyProfile.of(family)
        guard isAvailable(on: family) else {
            throw .unsupported("\(profile.title) does not have \(functionName); use it on the other device family")
        }
        return CommandRequest(function: function, arguments: try arguments(for: family, profile))
    }

    private func arguments(
        for family: DeviceFamily, _ profile: FamilyProfile
    ) throws(CommandFault) -> [CommandRequest.Argument] {
        switch self {
        case .lineStatus, .phoneStatus:
            []
        case .phoneOperation(let operation, let line):
            [.init("cmd", encoded: operation.rawValue)] + (try profile.line(line, named: "arg"))
        case .accountStatus(let account):
            [try Self.counted("account", account)]
        case .handsetStatus(let handset), .handsetLineStatus(let handset):
            [try Self.counted("hs", handset)]
        case .makeCall(let number, let handset, let account):
            try profile.handset(handset)
                + [.init("phonenumber", encoded: PercentEncoding.encode(try Self.dialString(number)))]
                + profile.account(account)
        case .deviceOperation(let operation, let handset, let line):
            [try Self.counted("hs", handset)] + (try profile.line(line, for: operation))
                + [.init("cmd", encoded: operation.rawValue)]
        case .sendKeys(let keys, let handset):
            try profile.handset(handset) + [.init("keys", encoded: try KeyTable.encode(keys, for: family, profile))]
        case .systemOperation(let operation):
            [.init("request", encoded: operation.rawValue)]
        }
    }

    /// An argument that counts from 1.
    fileprivate static func counted(_ name: String, _ value: Int) throws(CommandFault) -> CommandRequest.Argument {
        guard value >= 1 else { throw .invalidArgument("\(name)=\(value) does not exist; count from 1") }
        return .init(name, value)
    }

    /// What is dialled: as for keys, with a leading plus allowed.
    private static func dialString(_ number: String) throws(CommandFault) -> String {
        let trimmed = number.drop { $0 == " " }
        let plus = trimmed.first == "+" ? "+" : ""
        do {
            return plus + (try Key.digits(from: String(trimmed.dropFirst(plus.count)))).map(\.dialCharacter).joined()
        } catch {
            throw .invalidArgument(error.reason)
        }
    }
}

extension FamilyProfile {
    fileprivate func handset(_ handset: Int?) throws(CommandFault) -> [CommandRequest.Argument] {
        switch (addressesHandsets, handset) {
        case (true, let handset?): return [try PhoneCommand.counted("hs", handset)]
        case (false, nil): return []
        case (true, nil): throw .invalidArgument("\(title) needs to know which handset; give its number, from 1")
        case (false, _?): throw .invalidArgument("\(title) has no handsets; leave the handset out")
        }
    }

    fileprivate func account(_ account: Int?) throws(CommandFault) -> [CommandRequest.Argument] {
        guard makeCallTakesAccount else {
            guard account == nil else {
                throw .invalidArgument("\(title) chooses the account by the handset; leave the account out")
            }
            return []
        }
        let account = account ?? 0
        guard account >= 0 else { throw .invalidArgument("account \(account) does not exist; count from 0") }
        return [.init("account", account)]
    }

    fileprivate func line(_ line: Int?, named name: String) throws(CommandFault) -> [CommandRequest.Argument] {
        guard let line else { return [] }
        guard lines.contains(line) else {
            throw .invalidArgument(
                "line \(line) does not exist on \(title); use \(lines.lowerBound) to \(lines.upperBound)")
        }
        return [.init(name, line)]
    }

    fileprivate func line(
        _ line: Int?, for operation: DeviceOperation
    ) throws(CommandFault) -> [CommandRequest.Argument] {
        switch (operation.takesLine, line) {
        case (true, nil): throw .invalidArgument("\(operation.rawValue) needs a line; give its number, from 1")
        case (false, _?): throw .invalidArgument("\(operation.rawValue) takes no line; leave it out")
        default: return try self.line(line, named: "line")
        }
    }
}
