import CampaignStore
import Logging

extension DialerEngine {
    /// Warns once when the database's log becomes large: a reader that does not finish fills the disk in the end.
    func lookAtWriteAheadLog() {
        guard logWatch.isDue(at: clock.now()) else { return }
        let log = store.writeAheadLog
        switch logWatch.look(at: log, at: clock.wallTime()) {
        case .large(let since):
            logger.of(.store).warning(
                "The database's log \(log.path) has grown to \(log.size) since \(since). \(WriteAheadLog.remedy)")
        case .small: logger.of(.store).notice("The database's log \(log.path) is small again: \(log.size).")
        case nil: break
        }
    }
}
