import CampaignStore
import Campaigns
import Logging
import SystemResources

/// Dialing waits because this computer has no descriptor or no memory left.
struct ShortageHold {
    /// What is short and what to do, without an end.
    var clause: String
    /// When it began, on the engine's steady clock.
    var since: Instant
    /// Looks in a row that found nothing short, and no request failed between them.
    var quietLooks = 0

    /// For status, floor and `why`.
    var sentence: String { "Dialing waits: \(clause)." }
}

/// What the engine does when its own computer runs out of descriptors or memory: it places no call, holds nothing against any phone or
/// file, follows the running calls as well as it can, and goes on by itself.
extension DialerEngine {
    /// No call is placed unless so many descriptors are free. They are for what must not fail: commands that cancel or end running calls,
    /// the database, and libdispatch, which ends the process with a trap where it can open no file.
    static let descriptorsForCalls = 24
    /// Looks in a row that must be quiet before dialing goes on, so that it does not stop and start with every descriptor.
    static let quietLooksNeeded = 3
    /// The setting in which other programs, `offhook why` for one, find why dialing waits.
    public static let holdSetting = "dialing_held"

    /// Whether a call may be placed as far as descriptors and memory go.
    func hasRoomForCall() -> Bool {
        if let lack = options.shortage(1) { noteShortage(lack.clause) }
        return shortage == nil
    }

    /// Something could not be done for want of descriptors or memory: dialing waits from now on.
    func noteShortage(_ clause: String) {
        if shortage != nil {
            shortage?.quietLooks = 0
            return
        }
        let hold = ShortageHold(clause: clause, since: clock.now())
        shortage = hold
        logger.error("No call is placed now, and running calls are followed to their end. \(hold.sentence)")
        let (store, at) = (store, clock.wallTime())
        record { try store.recordEvent("dialling_held", detail: "shortage", at: at) }
        record { try store.setSetting(Self.holdSetting, to: hold.sentence) }
        noteJournal()
    }

    /// A command or a poll that was not sent for want of descriptors or memory holds dialing.
    func noteShortage(in result: CommandResult?) {
        if case .shortage(let clause) = result { noteShortage(clause) }
    }

    /// Looks a few times a second whether anything is short, and whether it still is.
    func lookAtShortage() {
        if let lack = options.shortage(Self.descriptorsForCalls) { return noteShortage(lack.clause) }
        guard let hold = shortage else { return }
        shortage?.quietLooks += 1
        guard hold.quietLooks + 1 >= Self.quietLooksNeeded else { return }
        shortage = nil
        let pause = clock.now().since(hold.since)
        logger.notice("There are descriptors and memory again after \(DurationText.spoken(pause)); dialing goes on.")
        let store = store
        record { try store.setSetting(Self.holdSetting, to: nil) }
        feed(.storeChanged)
    }

    /// What an earlier run was held by says nothing of this one.
    func forgetEarlierHold() throws {
        if try store.setting(Self.holdSetting) != nil { try store.setSetting(Self.holdSetting, to: nil) }
    }
}
