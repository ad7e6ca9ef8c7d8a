package dev.linkspan.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Takes a request's body as it arrives. No thread waits for it: its sender may stop in the middle, and many may. */
final class ArrivingBody implements ReadListener {
    private static final String ATTRIBUTE = ArrivingBody.class.getName();
    private static final int PIECE = 8192;
    /** Longer than any request takes whose body is there. */
    private static final long PATIENCE_MILLIS = 120_000;

    private final AsyncContext async;
    private final ServletInputStream in;
    private final int most;
    private final Step then;
    private final Loss failed;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean over;

    /** What is done when the body is there. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    /** What is done when it isn't coming. */
    @FunctionalInterface
    interface Loss {
        void tell(IOException why) throws IOException;
    }

    private ArrivingBody(AsyncContext async, ServletInputStream in, int most, Step then, Loss failed) {
        this.async = async;
        this.in = in;
        this.most = most;
        this.then = then;
        this.failed = failed;
    }

    /** Whether a part of the body is still to come, which isn't too large from the start. */
    static boolean awaited(HttpServletRequest request, int most) throws IOException {
        long length = request.getContentLengthLong();
        boolean none = length == 0 || (length < 0 && request.getHeader("Transfer-Encoding") == null);
        return !none
                && length <= most
                && (length < 0 || request.getInputStream().available() < length);
    }

    /**
     * Goes on when the body is there, or when it is larger than {@code most} bytes.
     *
     * @param failed is told when the rest doesn't come
     */
    static void await(HttpServletRequest request, int most, Step then, Loss failed) throws IOException {
        AsyncContext async = request.startAsync();
        async.setTimeout(PATIENCE_MILLIS);
        ServletInputStream in = request.getInputStream();
        in.setReadListener(new ArrivingBody(async, in, most, then, failed));
    }

    /** The body that was awaited; null when it had not to be. */
    static byte[] of(HttpServletRequest request) {
        return (byte[]) request.getAttribute(ATTRIBUTE);
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] piece = new byte[PIECE];
        while (!over && in.isReady()) {
            int count = in.read(piece);
            if (count < 0) {
                return;
            }
            bytes.write(piece, 0, count);
            if (bytes.size() > most) {
                end(then);
            }
        }
    }

    @Override
    public void onAllDataRead() throws IOException {
        end(then);
    }

    @Override
    public void onError(Throwable problem) {
        try {
            end(() -> failed.tell(problem instanceof IOException io ? io : new IOException(problem)));
        } catch (IOException e) {
            // Nobody is there to be told.
            return;
        }
    }

    private void end(Step work) throws IOException {
        if (over) {
            return;
        }
        over = true;
        async.getRequest().setAttribute(ATTRIBUTE, bytes.toByteArray());
        try {
            work.run();
        } finally {
            async.complete();
        }
    }
}
