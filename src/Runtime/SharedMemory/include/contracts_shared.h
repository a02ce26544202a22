// Shared-memory objects of Contracts.Ipc for C: segments of one struct, which .NET processes see as SharedSegment<T>, queues (SharedQueue<T>) and mutexes (SharedMutex).
//
// A single header: include it beside the generated header of the struct. C11 or C++11 with gcc or clang, Linux, 64 bits, little-endian. Define
// _GNU_SOURCE before the first include (for pthread_mutex_clocklock) and link with -pthread. The formats are described in docs/shared-memory.md.
//
//     contracts_segment segment;
//     int error = contracts_segment_open(&segment, "robot", ACME_POSITION_LAYOUT_FINGERPRINT, sizeof(acme_position), 1);
//     if (error < 0) { fprintf(stderr, "%s\n", contracts_describe(error)); return 1; }
//     acme_position now;
//     contracts_segment_read(&segment, &now, NULL);                        // a whole value; never waits for a writer
//     if (contracts_segment_lock(&segment, 1000000000) >= 0)               // at most a second
//     {
//         acme_position *next = (acme_position *)contracts_segment_edit(&segment);
//         next->x += 1;                                                    // nobody sees this yet
//         contracts_segment_unlock(&segment, 1);                           // everybody sees all of it
//     }
//     contracts_segment_close(&segment);
//
// Functions return 0 or more when they succeed and an error number below zero when they fail: -ENOENT (there is none), -EACCES and -EPERM (another user's, or
// others may write it), -EPROTO (no object of this library, or of another kind, format or C library, or from another pid namespace), -EILSEQ (made for another struct), -ETIMEDOUT.
#ifndef CONTRACTS_SHARED_H
#define CONTRACTS_SHARED_H

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifdef __cplusplus
extern "C" {
#endif

// ---- Objects: what all kinds have in common ---------------------------------------------------------------------------------------------

enum contracts_kind
{
    CONTRACTS_SEGMENT = 1,
    CONTRACTS_MUTEX = 2,
    CONTRACTS_SEMAPHORE = 3,
    CONTRACTS_EVENT = 4,
    CONTRACTS_READER_WRITER_LOCK = 5,
    CONTRACTS_QUEUE = 6
};

// The first bytes of an object. Complete before anybody can see it, and never changed afterwards.
typedef struct contracts_header
{
    char magic[8]; // "CIPCSHM1"
    uint32_t version;
    uint32_t kind;
    uint64_t length;
    uint64_t fingerprint;
    uint32_t item_size;
    uint32_t item_alignment;
    uint32_t libc; // 1 glibc, 2 musl
    uint32_t mutex_size;
    uint64_t pid_namespace;
    uint32_t creator;
    uint32_t reserved;
    uint64_t creator_start;
    uint32_t description_offset;
    uint32_t description_length;
    uint32_t data_offset;
    uint32_t item_count;
    uint64_t key_token;
} contracts_header;

#define CONTRACTS_MUTEX_OFFSET 128
#define CONTRACTS_WORDS_OFFSET 192
#define CONTRACTS_LINE 128

// The lock was taken, and its last holder had died with it.
#define CONTRACTS_ABANDONED 1

typedef struct contracts_object
{
    uint8_t *start;
    uint64_t length;
    contracts_header header; // a copy, checked
    int writable;
    int attached; // System V
} contracts_object;

static inline const char *contracts_describe(int error)
{
    switch (error < 0 ? -error : error)
    {
        case ENOENT: return "there is no object of that name";
        case EACCES: case EPERM: return "the object belongs to another user, or others may write it";
        case EPROTO: return "what has that name is no object of this library, or one of another kind, format, C library or pid namespace";
        case EILSEQ: return "the object was made for another struct";
        case ETIMEDOUT: return "the time is over";
        default: return strerror(error < 0 ? -error : error);
    }
}

// The clock of all deadlines, in nanoseconds.
static inline int64_t contracts_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static inline struct timespec contracts_timespec(int64_t nanoseconds)
{
    struct timespec time;
    time.tv_sec = (time_t)(nanoseconds / 1000000000);
    time.tv_nsec = (long)(nanoseconds % 1000000000);
    return time;
}

static inline int contracts_check_(contracts_object *object, uint32_t kind, uint64_t fingerprint, size_t item_size)
{
    contracts_header *header = &object->header;
    memcpy(header, object->start, sizeof *header); // once: only the copy is checked and used
    if (memcmp(header->magic, "CIPCSHM1", 8) != 0 || header->version != 1 || header->kind != kind || header->length != object->length)
    {
        return -EPROTO;
    }

    if (header->fingerprint != fingerprint || header->item_size != item_size)
    {
        return -EILSEQ;
    }

    if (header->data_offset % CONTRACTS_LINE != 0 || header->data_offset < CONTRACTS_WORDS_OFFSET || header->data_offset > object->length)
    {
        return -EPROTO;
    }

    if (object->writable)
    {
        // A mutex works only with the library and in the pid namespace that made it. Who only reads never locks.
        struct stat self;
        uint64_t pid_namespace = stat("/proc/self/ns/pid", &self) == 0 ? (uint64_t)self.st_ino : 0;
#ifdef __GLIBC__
        uint32_t libc = 1;
#else
        uint32_t libc = 2;
#endif
        if (header->libc != libc || header->mutex_size != sizeof(pthread_mutex_t)
            || (header->pid_namespace != pid_namespace && header->pid_namespace != 0 && pid_namespace != 0))
        {
            return -EPROTO;
        }
    }

    return 0;
}

static inline void contracts_object_close(contracts_object *object)
{
    if (object->start != NULL)
    {
        (void)(object->attached ? shmdt(object->start) : munmap(object->start, (size_t)object->length));
        object->start = NULL;
    }
}

// Opens an object of /dev/shm. The owner must be this process's effective user; a reader may name another.
static inline int contracts_object_open_of(
    contracts_object *object, const char *name, uint32_t kind, uint64_t fingerprint, size_t item_size, int writable, uid_t owner)
{
    memset(object, 0, sizeof *object);
    object->writable = writable;
    char path[128];
    if ((size_t)snprintf(path, sizeof path, "/contracts.%s", name) >= sizeof path)
    {
        return -EINVAL;
    }

    int file = shm_open(path, writable ? O_RDWR : O_RDONLY, 0);
    if (file < 0)
    {
        return -errno;
    }

    struct stat status;
    int error = fstat(file, &status) == 0 ? 0 : -errno;
    if (error == 0 && (status.st_uid != owner || (status.st_mode & 0022) != 0))
    {
        error = -EPERM;
    }

    if (error == 0 && (!S_ISREG(status.st_mode) || status.st_size < CONTRACTS_WORDS_OFFSET))
    {
        error = -EPROTO;
    }

    if (error == 0)
    {
        object->length = (uint64_t)status.st_size;
        void *start = mmap(NULL, (size_t)object->length, writable ? PROT_READ | PROT_WRITE : PROT_READ, MAP_SHARED, file, 0);
        error = start == MAP_FAILED ? -errno : 0;
        object->start = error == 0 ? (uint8_t *)start : NULL;
    }

    close(file);
    error = error == 0 ? contracts_check_(object, kind, fingerprint, item_size) : error;
    if (error < 0)
    {
        contracts_object_close(object);
    }

    return error;
}

static inline int contracts_object_open(
    contracts_object *object, const char *name, uint32_t kind, uint64_t fingerprint, size_t item_size, int writable)
{
    return contracts_object_open_of(object, name, kind, fingerprint, item_size, writable, geteuid());
}

// Opens a System V object. The key file is <runtime directory>/<name>.sysv, by default in $XDG_RUNTIME_DIR/contracts.
static inline int contracts_object_open_system_v(
    contracts_object *object, const char *key_file, uint32_t kind, uint64_t fingerprint, size_t item_size, int writable)
{
    memset(object, 0, sizeof *object);
    object->writable = writable;
    object->attached = 1;
    uint64_t token = 0;
    int file = open(key_file, O_RDONLY | O_CLOEXEC);
    ssize_t count = file < 0 ? -1 : read(file, &token, sizeof token);
    key_t key = ftok(key_file, 'C');
    if (file >= 0)
    {
        close(file);
    }

    if (count != (ssize_t)sizeof token || key == -1)
    {
        return -ENOENT;
    }

    int id = shmget(key, 0, 0);
    struct shmid_ds status;
    if (id < 0 || shmctl(id, IPC_STAT, &status) < 0)
    {
        return -errno;
    }

    if (status.shm_perm.uid != geteuid() || (status.shm_perm.mode & 0022) != 0)
    {
        return -EPERM;
    }

    if (status.shm_segsz < CONTRACTS_WORDS_OFFSET)
    {
        return -EPROTO;
    }

    void *start = shmat(id, NULL, writable ? 0 : SHM_RDONLY);
    if (start == (void *)-1)
    {
        return -errno;
    }

    object->start = (uint8_t *)start;
    object->length = status.shm_segsz;

    // Another file may have the same key; the token tells whose segment it is.
    int error = contracts_check_(object, kind, fingerprint, item_size);
    error = error == 0 && object->header.key_token != token ? -EPROTO : error;
    if (error < 0)
    {
        contracts_object_close(object);
    }

    return error;
}

// Takes a robust mutex: 0, CONTRACTS_ABANDONED if its last holder died (the mutex is consistent again), or an error.
static inline int contracts_lock_(pthread_mutex_t *mutex, int64_t timeout_nanoseconds)
{
    int error = pthread_mutex_trylock(mutex);
    if (error == EBUSY && timeout_nanoseconds > 0)
    {
#if defined(__GLIBC__) && defined(_GNU_SOURCE) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 30)
        struct timespec until = contracts_timespec(contracts_now() + timeout_nanoseconds);
        error = pthread_mutex_clocklock(mutex, CLOCK_MONOTONIC, &until);
#else
        // By the wall clock: whoever sets it lengthens or shortens this wait.
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        struct timespec until = contracts_timespec((int64_t)now.tv_sec * 1000000000 + now.tv_nsec + timeout_nanoseconds);
        error = pthread_mutex_timedlock(mutex, &until);
#endif
    }

    if (error == EOWNERDEAD)
    {
        pthread_mutex_consistent(mutex);
        return CONTRACTS_ABANDONED;
    }

    return error == EBUSY ? -ETIMEDOUT : -error;
}

// Takes the robust mutex that every object has.
static inline int contracts_object_lock(contracts_object *object, int64_t timeout_nanoseconds)
{
    return object->writable ? contracts_lock_((pthread_mutex_t *)(void *)(object->start + CONTRACTS_MUTEX_OFFSET), timeout_nanoseconds) : -EACCES;
}

static inline int contracts_object_unlock(contracts_object *object)
{
    return -pthread_mutex_unlock((pthread_mutex_t *)(void *)(object->start + CONTRACTS_MUTEX_OFFSET));
}

// Sleeps while *word == expected: 0 when woken (look again), -ETIMEDOUT. Deadline by contracts_now(); INT64_MAX for ever.
static inline int contracts_sleep(uint32_t *word, uint32_t expected, int64_t deadline)
{
    struct timespec until = contracts_timespec(deadline);
    // Without FUTEX_PRIVATE_FLAG: other processes wake.
    long result = syscall(SYS_futex, word, FUTEX_WAIT_BITSET, expected, deadline == INT64_MAX ? NULL : &until, NULL, FUTEX_BITSET_MATCH_ANY);
    return result < 0 && errno == ETIMEDOUT ? -ETIMEDOUT : 0;
}

static inline void contracts_wake_all(uint32_t *word)
{
    (void)syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

// Adds to the word and wakes all who sleep on it in one system call: a kill cannot come between the two.
static inline void contracts_add_and_wake(uint32_t *word, uint32_t addend)
{
    (void)syscall(SYS_futex, word, FUTEX_WAKE_OP, INT_MAX, NULL, word, FUTEX_OP(FUTEX_OP_ADD, addend, FUTEX_OP_CMP_EQ, 0));
}

// ---- Segments: one struct, two cells ----------------------------------------------------------------------------------------------------

// The word is version * 4 + preparing * 2 + sleepers; the current value is in cell (version & 1). A writer prepares the next value in the other
// cell and publishes it by counting the version up, so that readers never wait for a writer.
#define CONTRACTS_SEGMENT_SEQUENCE_OFFSET 256
#define CONTRACTS_SEGMENT_ABANDONED_OFFSET 264

typedef struct contracts_segment
{
    contracts_object object;
    uint64_t *word;
    uint8_t *cells;
    size_t size;
    size_t stride;
    int edited; // by the holder of the lock
} contracts_segment;

static inline int contracts_segment_place_(contracts_segment *segment, size_t size)
{
    contracts_object *object = &segment->object;
    size_t unit = object->header.item_alignment > CONTRACTS_LINE ? object->header.item_alignment : CONTRACTS_LINE;
    segment->word = (uint64_t *)(void *)(object->start + CONTRACTS_SEGMENT_SEQUENCE_OFFSET);
    segment->cells = object->start + object->header.data_offset;
    segment->size = size;
    segment->stride = (size + unit - 1) / unit * unit;
    segment->edited = 0;
    if (object->header.item_count != 2 || 2 * segment->stride > object->length - object->header.data_offset)
    {
        contracts_object_close(object);
        return -EPROTO;
    }

    return 0;
}

static inline int contracts_segment_open(contracts_segment *segment, const char *name, uint64_t fingerprint, size_t size, int writable)
{
    int error = contracts_object_open(&segment->object, name, CONTRACTS_SEGMENT, fingerprint, size, writable);
    return error < 0 ? error : contracts_segment_place_(segment, size);
}

static inline int contracts_segment_open_system_v(contracts_segment *segment, const char *key_file, uint64_t fingerprint, size_t size, int writable)
{
    int error = contracts_object_open_system_v(&segment->object, key_file, CONTRACTS_SEGMENT, fingerprint, size, writable);
    return error < 0 ? error : contracts_segment_place_(segment, size);
}

static inline void contracts_segment_close(contracts_segment *segment)
{
    contracts_object_close(&segment->object);
}

// How often a value was published.
static inline uint64_t contracts_segment_version(const contracts_segment *segment)
{
    return __atomic_load_n(segment->word, __ATOMIC_ACQUIRE) >> 2;
}

// One attempt: 0, or -EAGAIN if writers published and began again during the copy, so that it may be torn.
static inline int contracts_segment_try_read(const contracts_segment *segment, void *value, uint64_t *version)
{
    uint64_t before = __atomic_load_n(segment->word, __ATOMIC_ACQUIRE) >> 2;
    memcpy(value, segment->cells + (before & 1) * segment->stride, segment->size);
    __atomic_thread_fence(__ATOMIC_ACQUIRE); // the copy above does not pass the load below
    uint64_t after = __atomic_load_n(segment->word, __ATOMIC_RELAXED);
    if (version != NULL)
    {
        *version = before;
    }

    // Whole until version before + 2 is being prepared: that one is written over what was read.
    return after - (before << 2) < 6 ? 0 : -EAGAIN;
}

// Copies the value that was published last. Waits for nobody: it tries again only if two values were published during the copy.
static inline void contracts_segment_read(const contracts_segment *segment, void *value, uint64_t *version)
{
    while (contracts_segment_try_read(segment, value, version) < 0)
    {
    }
}

// 0; CONTRACTS_ABANDONED if the last holder died: nothing of its work was published, and what it left is in contracts_segment_left_behind.
static inline int contracts_segment_lock(contracts_segment *segment, int64_t timeout_nanoseconds)
{
    int result = contracts_object_lock(&segment->object, timeout_nanoseconds);
    if (result >= 0)
    {
        segment->edited = 0;
    }

    if (result == CONTRACTS_ABANDONED)
    {
        __atomic_fetch_add((uint64_t *)(void *)(segment->object.start + CONTRACTS_SEGMENT_ABANDONED_OFFSET), 1, __ATOMIC_RELAXED);
    }

    return result;
}

// With the lock held: the value that readers see.
static inline const void *contracts_segment_published(const contracts_segment *segment)
{
    return segment->cells + ((*segment->word >> 2) & 1) * segment->stride;
}

// With the lock held, after CONTRACTS_ABANDONED and before contracts_segment_edit: what the holder that died had made of the value.
static inline const void *contracts_segment_left_behind(const contracts_segment *segment)
{
    uint64_t word = *segment->word;
    return segment->cells + (((word >> 2) + ((word & 2) >> 1)) & 1) * segment->stride;
}

// With the lock held: the value to change. It begins as a copy of the published one.
static inline void *contracts_segment_edit(contracts_segment *segment)
{
    uint8_t *next = segment->cells + (((*segment->word >> 2) + 1) & 1) * segment->stride;
    if (!segment->edited)
    {
        if ((*segment->word & 2) == 0)
        {
            __atomic_fetch_or(segment->word, 2, __ATOMIC_SEQ_CST);
            __atomic_thread_fence(__ATOMIC_SEQ_CST); // the mark is visible before anything that is written below
        }

        memcpy(next, contracts_segment_published(segment), segment->size);
        segment->edited = 1;
    }

    return next;
}

// Publishes what was edited, or forgets it, and gives the lock back.
static inline int contracts_segment_unlock(contracts_segment *segment, int publish)
{
    if (segment->edited && publish)
    {
        uint64_t prepared = *segment->word;
        uint64_t next = ((prepared >> 2) + 1) << 2;
        if ((prepared & 1) != 0 || !__atomic_compare_exchange_n(segment->word, &prepared, next, 0, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
        {
            // Somebody sleeps. Preparing + sleepers + 1 is the next version; once in 2^30 versions that carries into the upper half.
            uint32_t *low = (uint32_t *)(void *)segment->word;
            if ((uint32_t)(prepared | 1) != UINT32_MAX)
            {
                contracts_add_and_wake(low, 1);
            }
            else
            {
                __atomic_store_n(segment->word, next, __ATOMIC_SEQ_CST);
                contracts_wake_all(low);
            }
        }
    }
    else if (segment->edited)
    {
        // If this process dies before it has given the lock back, it must not seem to have left what it threw away.
        memcpy(contracts_segment_edit(segment), contracts_segment_published(segment), segment->size);
    }

    segment->edited = 0;
    return contracts_object_unlock(&segment->object);
}

// Sleeps until another version than this one is published: 0, or -ETIMEDOUT. A negative timeout never ends. The segment must be open for writing.
static inline int contracts_segment_wait(contracts_segment *segment, uint64_t version, int64_t timeout_nanoseconds)
{
    if (!segment->object.writable)
    {
        return -EACCES;
    }

    int64_t deadline = timeout_nanoseconds < 0 ? INT64_MAX : contracts_now() + timeout_nanoseconds;
    while (1)
    {
        uint64_t now = __atomic_load_n(segment->word, __ATOMIC_ACQUIRE);
        if (now >> 2 != version)
        {
            return 0;
        }

        // Announced first, then asleep on exactly what was announced: whoever publishes in between makes the sleep end at once.
        if ((now & 1) == 0 && !__atomic_compare_exchange_n(segment->word, &now, now | 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
        {
            continue;
        }

        if (contracts_sleep((uint32_t *)(void *)segment->word, (uint32_t)(now | 1), deadline) < 0)
        {
            return contracts_segment_version(segment) != version ? 0 : -ETIMEDOUT;
        }
    }
}

// ---- Mutexes ----------------------------------------------------------------------------------------------------------------------------

// A SharedMutex. Take it with contracts_object_lock, which says CONTRACTS_ABANDONED once after its holder died, and give it back with contracts_object_unlock.
static inline int contracts_mutex_open(contracts_object *mutex, const char *name)
{
    return contracts_object_open(mutex, name, CONTRACTS_MUTEX, 0, 0, 1);
}

// ---- Queues: a ring of structs, producers behind one mutex and consumers behind another --------------------------------------------------

// A position counts items modulo 2^31 and stands in a word, shifted by one; bit 0 says that somebody sleeps on the word. Consumers sleep on the tail,
// producers on the head. Moving one of them is the step that makes an operation happen: before it nothing has changed, after it everything has.
#define CONTRACTS_QUEUE_FULL_MODE_OFFSET 192
#define CONTRACTS_QUEUE_TAIL_OFFSET 256
#define CONTRACTS_QUEUE_HEAD_OFFSET 384
#define CONTRACTS_QUEUE_CONSUMERS_OFFSET 512
#define CONTRACTS_QUEUE_DROPPED_OFFSET 640

enum contracts_full_mode
{
    CONTRACTS_FULL_WAIT = 0,
    CONTRACTS_FULL_REJECT = 1,
    CONTRACTS_FULL_DROP_OLDEST = 2
};

typedef struct contracts_queue
{
    contracts_object object;
    pthread_mutex_t *producers;
    pthread_mutex_t *consumers;
    uint32_t *tail; // followed by the head as a producer saw it last
    uint32_t *head; // followed by the tail as a consumer saw it last
    uint8_t *items;
    size_t size;
    uint32_t capacity;
    uint32_t mask;
    uint32_t full_mode;
} contracts_queue;

static inline int contracts_queue_open(contracts_queue *queue, const char *name, uint64_t fingerprint, size_t size)
{
    contracts_object *object = &queue->object;
    int error = contracts_object_open(object, name, CONTRACTS_QUEUE, fingerprint, size, 1);
    if (error < 0)
    {
        return error;
    }

    uint32_t slots = 1;
    while (slots < object->header.item_count && slots < (1u << 28))
    {
        slots *= 2;
    }

    queue->producers = (pthread_mutex_t *)(void *)(object->start + CONTRACTS_MUTEX_OFFSET);
    queue->consumers = (pthread_mutex_t *)(void *)(object->start + CONTRACTS_QUEUE_CONSUMERS_OFFSET);
    queue->tail = (uint32_t *)(void *)(object->start + CONTRACTS_QUEUE_TAIL_OFFSET);
    queue->head = (uint32_t *)(void *)(object->start + CONTRACTS_QUEUE_HEAD_OFFSET);
    queue->items = object->start + object->header.data_offset;
    queue->size = size;
    queue->capacity = object->header.item_count;
    queue->mask = slots - 1;
    if (queue->capacity == 0 || queue->capacity > slots || (uint64_t)slots * size > object->length - object->header.data_offset)
    {
        contracts_object_close(object);
        return -EPROTO;
    }

    queue->full_mode = *(uint32_t *)(void *)(object->start + CONTRACTS_QUEUE_FULL_MODE_OFFSET);
    return 0;
}

static inline void contracts_queue_close(contracts_queue *queue)
{
    contracts_object_close(&queue->object);
}

// How many items were dropped to make room.
static inline uint64_t contracts_queue_dropped(const contracts_queue *queue)
{
    return __atomic_load_n((uint64_t *)(void *)(queue->object.start + CONTRACTS_QUEUE_DROPPED_OFFSET), __ATOMIC_RELAXED);
}

static inline uint32_t contracts_queue_position_(const uint32_t *word)
{
    return __atomic_load_n(word, __ATOMIC_ACQUIRE) >> 1;
}

static inline uint32_t contracts_queue_distance_(uint32_t from, uint32_t to)
{
    return (to - from) & 0x7FFFFFFF;
}

// Moves a position by one and wakes who sleeps on it. One at a time, under the mutex of the side.
static inline void contracts_queue_publish_(uint32_t *word)
{
    uint32_t seen = __atomic_load_n(word, __ATOMIC_RELAXED);
    while ((seen & 1) == 0)
    {
        if (__atomic_compare_exchange_n(word, &seen, seen + 2, 0, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
        {
            return;
        }
    }

    __atomic_thread_fence(__ATOMIC_RELEASE);
    contracts_add_and_wake(word, 1); // two more, and bit 0 is clear
}

// An operation takes less than a microsecond unless its process is stopped; who has no time of his own waits this long for it.
#define CONTRACTS_QUEUE_PATIENCE_ 5000000000LL

static inline int64_t contracts_queue_left_(int64_t deadline)
{
    int64_t left = deadline == 0 ? CONTRACTS_QUEUE_PATIENCE_ : deadline == INT64_MAX ? INT64_C(1000000000000000) : deadline - contracts_now();
    return left > 0 ? left : 0;
}

static inline int contracts_queue_drop_oldest_(contracts_queue *queue, uint32_t tail, int64_t deadline)
{
    int error = contracts_lock_(queue->consumers, contracts_queue_left_(deadline));
    if (error < 0)
    {
        return error;
    }

    if (contracts_queue_distance_(contracts_queue_position_(queue->head), tail) >= queue->capacity)
    {
        __atomic_fetch_add((uint64_t *)(void *)(queue->object.start + CONTRACTS_QUEUE_DROPPED_OFFSET), 1, __ATOMIC_RELAXED);
        contracts_queue_publish_(queue->head);
    }

    return -pthread_mutex_unlock(queue->consumers);
}

// One attempt: 0, -EAGAIN if it is full, or an error of the lock.
static inline int contracts_queue_try_enqueue_(contracts_queue *queue, const void *item, int64_t deadline)
{
    int error = contracts_lock_(queue->producers, contracts_queue_left_(deadline));
    if (error < 0)
    {
        return error;
    }

    // A producer that died has moved the tail or has not: after CONTRACTS_ABANDONED there is nothing to repair.
    error = 0;
    uint32_t tail = contracts_queue_position_(queue->tail);
    uint32_t head = contracts_queue_position_(queue->head);
    queue->tail[1] = head;
    if (contracts_queue_distance_(head, tail) >= queue->capacity)
    {
        error = queue->full_mode == CONTRACTS_FULL_DROP_OLDEST ? contracts_queue_drop_oldest_(queue, tail, deadline) : -EAGAIN;
    }

    if (error == 0)
    {
        memcpy(queue->items + (size_t)(tail & queue->mask) * queue->size, item, queue->size);
        contracts_queue_publish_(queue->tail);
    }

    pthread_mutex_unlock(queue->producers);
    return error;
}

// One attempt: 0, -EAGAIN if it is empty, or an error of the lock.
static inline int contracts_queue_try_dequeue_(contracts_queue *queue, void *item, int64_t deadline)
{
    int error = contracts_lock_(queue->consumers, contracts_queue_left_(deadline));
    if (error < 0)
    {
        return error;
    }

    error = 0;
    uint32_t head = contracts_queue_position_(queue->head);
    uint32_t tail = contracts_queue_position_(queue->tail);
    queue->head[1] = tail;
    if (head == tail)
    {
        error = -EAGAIN;
    }
    else
    {
        memcpy(item, queue->items + (size_t)(head & queue->mask) * queue->size, queue->size);
        contracts_queue_publish_(queue->head);
    }

    pthread_mutex_unlock(queue->consumers);
    return error;
}

// Sleeps until the word is no longer what it was when an attempt failed: 0, or -ETIMEDOUT.
static inline int contracts_queue_sleep_(uint32_t *word, uint32_t seen, int64_t deadline)
{
    if ((seen & 1) == 0 && !__atomic_compare_exchange_n(word, &seen, seen | 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
    {
        return 0;
    }

    return contracts_sleep(word, seen | 1, deadline);
}

// Adds an item: 0; -EAGAIN if it is full and the timeout is zero, or if it rejects; -ETIMEDOUT. A negative timeout never ends.
static inline int contracts_queue_enqueue(contracts_queue *queue, const void *item, int64_t timeout_nanoseconds)
{
    int64_t deadline = timeout_nanoseconds == 0 ? 0 : timeout_nanoseconds < 0 ? INT64_MAX : contracts_now() + timeout_nanoseconds;
    while (1)
    {
        uint32_t seen = __atomic_load_n(queue->head, __ATOMIC_ACQUIRE);
        int error = contracts_queue_try_enqueue_(queue, item, deadline);
        if (error != -EAGAIN || deadline == 0 || queue->full_mode == CONTRACTS_FULL_REJECT)
        {
            return error;
        }

        if (contracts_queue_sleep_(queue->head, seen, deadline) < 0)
        {
            return -ETIMEDOUT;
        }
    }
}

// Takes the oldest item: 0; -EAGAIN if it is empty and the timeout is zero; -ETIMEDOUT. A negative timeout never ends.
static inline int contracts_queue_dequeue(contracts_queue *queue, void *item, int64_t timeout_nanoseconds)
{
    int64_t deadline = timeout_nanoseconds == 0 ? 0 : timeout_nanoseconds < 0 ? INT64_MAX : contracts_now() + timeout_nanoseconds;
    while (1)
    {
        uint32_t seen = __atomic_load_n(queue->tail, __ATOMIC_ACQUIRE);
        int error = contracts_queue_try_dequeue_(queue, item, deadline);
        if (error != -EAGAIN || deadline == 0)
        {
            return error;
        }

        if (contracts_queue_sleep_(queue->tail, seen, deadline) < 0)
        {
            return -ETIMEDOUT;
        }
    }
}

#ifdef __cplusplus
}
#endif

#endif
