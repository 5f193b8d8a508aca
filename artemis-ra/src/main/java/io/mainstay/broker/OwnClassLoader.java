package io.mainstay.broker;

/**
 * Runs Artemis with the resource adapter's class loader as the context class loader, through which it finds its
 * connectors; a bean's own knows none of them.
 */
final class OwnClassLoader {

    private OwnClassLoader() {}

    static <T, X extends Exception> T call(Body<T, X> body) throws X {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(OwnClassLoader.class.getClassLoader());
        try {
            return body.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    interface Body<T, X extends Exception> {
        T call() throws X;
    }
}
