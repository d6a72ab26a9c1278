// Streams that pages listen to. The browser connects again by itself and says which event it saw last.

/**
 * Listens to a stream.
 *
 * @param path the stream, such as '/live/floor'
 * @param handlers what to do with each kind of message, by its event name; each gets the parsed data
 * @param onConnection told with true and false whether the page is connected
 * @returns a function that ends it
 */
export function listen(path, handlers, onConnection = () => {}) {
  let source;
  let timer;
  let isOver = false;
  const open = () => {
    source = new EventSource(path);
    source.onopen = () => onConnection(true);
    source.onerror = () => {
      onConnection(false);
      // A refusal ends the source for good; what refused may be over in a while.
      if (source.readyState === EventSource.CLOSED && !isOver) timer = setTimeout(open, 3000);
    };
    for (const [name, handle] of Object.entries(handlers)) {
      source.addEventListener(name, (message) => handle(JSON.parse(message.data), message.lastEventId));
    }
  };
  open();
  return () => {
    isOver = true;
    clearTimeout(timer);
    source.close();
  };
}
