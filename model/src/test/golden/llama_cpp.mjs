// Golden logits of two tiny random decoders from llama.cpp; README.md says how to run it.
// usage: node llama_cpp.mjs NODE_MODULES OUT_FOLDER
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

const [, , modules, out] = process.argv;
const PROMPTS = {
  short: [3, 1, 4, 1, 5, 9, 2, 6, 5, 35, 89, 79],
  long: Array.from({length: 40}, (_, i) => (i * 37 + 11) % 96),
};
const MODELS = {
  llama: {
    seed: 1, headNorms: false, tied: false,
    config: {
      architectures: ['LlamaForCausalLM'], model_type: 'llama', hidden_act: 'silu', hidden_size: 32,
      intermediate_size: 44, num_hidden_layers: 2, num_attention_heads: 4, num_key_value_heads: 2, head_dim: 16,
      vocab_size: 96, max_position_embeddings: 64, rope_theta: 500000.0, rms_norm_eps: 1e-5,
      rope_scaling: {rope_type: 'llama3', factor: 8.0, low_freq_factor: 1.0, high_freq_factor: 4.0,
        original_max_position_embeddings: 16},
      attention_bias: false, mlp_bias: false, tie_word_embeddings: false, torch_dtype: 'float32',
    },
  },
  qwen3: {
    seed: 2, headNorms: true, tied: true,
    config: {
      architectures: ['Qwen3ForCausalLM'], model_type: 'qwen3', hidden_act: 'silu', hidden_size: 32,
      intermediate_size: 40, num_hidden_layers: 2, num_attention_heads: 3, num_key_value_heads: 1, head_dim: 16,
      vocab_size: 96, max_position_embeddings: 64, rope_theta: 1000000.0, rms_norm_eps: 1e-6, rope_scaling: null,
      attention_bias: false, use_sliding_window: false, tie_word_embeddings: true, torch_dtype: 'float32',
    },
  },
};

/** Seeded normal numbers: mulberry32 through Box and Muller. */
function gaussian(seed) {
  let state = seed * 0x9e3779b1;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

function weights({seed, headNorms, tied, config: c}) {
  const next = gaussian(seed);
  const list = [];
  const add = (name, shape, mean, deviation) => list.push({name, shape,
    data: Float32Array.from({length: shape.reduce((a, b) => a * b, 1)}, () => mean + deviation * next())});
  const matrix = (name, rows, columns) => add(name, [rows, columns], 0, 1 / Math.sqrt(columns));
  const norm = (name, width) => add(name, [width], 1, 0.2);
  const q = c.num_attention_heads * c.head_dim, kv = c.num_key_value_heads * c.head_dim, h = c.hidden_size;
  add('model.embed_tokens.weight', [c.vocab_size, h], 0, 1);
  for (let i = 0; i < c.num_hidden_layers; i++) {
    const b = `model.layers.${i}.`;
    norm(b + 'input_layernorm.weight', h);
    matrix(b + 'self_attn.q_proj.weight', q, h);
    matrix(b + 'self_attn.k_proj.weight', kv, h);
    matrix(b + 'self_attn.v_proj.weight', kv, h);
    matrix(b + 'self_attn.o_proj.weight', h, q);
    if (headNorms) {
      norm(b + 'self_attn.q_norm.weight', c.head_dim);
      norm(b + 'self_attn.k_norm.weight', c.head_dim);
    }
    norm(b + 'post_attention_layernorm.weight', h);
    matrix(b + 'mlp.gate_proj.weight', c.intermediate_size, h);
    matrix(b + 'mlp.up_proj.weight', c.intermediate_size, h);
    matrix(b + 'mlp.down_proj.weight', h, c.intermediate_size);
  }
  norm('model.norm.weight', h);
  if (!tied) matrix('lm_head.weight', c.vocab_size, h);
  return list;
}

const bytes = array => Buffer.from(array.buffer, array.byteOffset, array.byteLength);

function safetensors(list) {
  const header = {};
  let offset = 0;
  for (const {name, shape, data} of list) {
    header[name] = {dtype: 'F32', shape, data_offsets: [offset, offset += data.byteLength]};
  }
  let text = JSON.stringify(header);
  text += ' '.repeat((8 - text.length % 8) % 8);
  return Buffer.concat([u64(text.length), Buffer.from(text), ...list.map(t => bytes(t.data))]);
}

// GGUF, version 3: counts, typed key-value pairs, descriptions of tensors, aligned data
const u32 = v => { const b = Buffer.alloc(4); b.writeUInt32LE(v); return b; };
const u64 = v => { const b = Buffer.alloc(8); b.writeBigUInt64LE(BigInt(v)); return b; };
const f32 = v => { const b = Buffer.alloc(4); b.writeFloatLE(v); return b; };
const string = s => Buffer.concat([u64(Buffer.byteLength(s)), Buffer.from(s)]);
const aligned = buffer => Buffer.concat([buffer, Buffer.alloc((32 - buffer.length % 32) % 32)]);
const NAMES = {
  'input_layernorm': 'attn_norm', 'self_attn.q_proj': 'attn_q', 'self_attn.k_proj': 'attn_k',
  'self_attn.v_proj': 'attn_v', 'self_attn.o_proj': 'attn_output', 'self_attn.q_norm': 'attn_q_norm',
  'self_attn.k_norm': 'attn_k_norm', 'post_attention_layernorm': 'ffn_norm', 'mlp.gate_proj': 'ffn_gate',
  'mlp.up_proj': 'ffn_up', 'mlp.down_proj': 'ffn_down',
};

function ggufName(name) {
  const layer = /^model\.layers\.(\d+)\.(.+)\.weight$/.exec(name);
  if (layer) return `blk.${layer[1]}.${NAMES[layer[2]]}.weight`;
  return {'model.embed_tokens.weight': 'token_embd.weight', 'model.norm.weight': 'output_norm.weight',
    'lm_head.weight': 'output.weight'}[name];
}

/** llama.cpp turns neighbours of a Llama head against each other, Hugging Face halves: rows are interleaved. */
function interleaved({shape: [rows, columns], data}, headDim) {
  const moved = new Float32Array(data.length), half = headDim / 2;
  for (let row = 0; row < rows; row++) {
    const start = row - row % headDim, at = row % headDim;
    const target = start + (at < half ? 2 * at : 2 * (at - half) + 1);
    moved.set(data.subarray(row * columns, (row + 1) * columns), target * columns);
  }
  return moved;
}

/** What llama.cpp divides each frequency by for Llama 3's scaling. */
function ropeDivisors(c) {
  const s = c.rope_scaling;
  return Float32Array.from({length: c.head_dim / 2}, (_, i) => {
    const wavelength = 2 * Math.PI * c.rope_theta ** (2 * i / c.head_dim);
    const original = s.original_max_position_embeddings;
    if (wavelength < original / s.high_freq_factor) return 1;
    if (wavelength > original / s.low_freq_factor) return s.factor;
    const smooth = (original / wavelength - s.low_freq_factor) / (s.high_freq_factor - s.low_freq_factor);
    return 1 / ((1 - smooth) / s.factor + smooth);
  });
}

function gguf(c, list) {
  const arch = c.model_type, pairs = [];
  const put = (key, type, value) => pairs.push(Buffer.concat([string(key), u32(type), value]));
  const tokens = Array.from({length: c.vocab_size}, (_, i) => string(i < 94 ? String.fromCharCode(33 + i) : 't' + i));
  put('general.architecture', 8, string(arch));
  put('general.file_type', 4, u32(0));
  for (const [key, value] of Object.entries({
    block_count: c.num_hidden_layers, context_length: c.max_position_embeddings, embedding_length: c.hidden_size,
    feed_forward_length: c.intermediate_size, 'attention.head_count': c.num_attention_heads,
    'attention.head_count_kv': c.num_key_value_heads, 'attention.key_length': c.head_dim,
    'attention.value_length': c.head_dim, 'rope.dimension_count': c.head_dim, vocab_size: c.vocab_size,
  })) put(`${arch}.${key}`, 4, u32(value));
  put(`${arch}.rope.freq_base`, 6, f32(c.rope_theta));
  put(`${arch}.attention.layer_norm_rms_epsilon`, 6, f32(c.rms_norm_eps));
  put('tokenizer.ggml.model', 8, string('gpt2'));
  put('tokenizer.ggml.pre', 8, string('qwen2'));
  put('tokenizer.ggml.tokens', 9, Buffer.concat([u32(8), u64(tokens.length), ...tokens]));
  put('tokenizer.ggml.token_type', 9, Buffer.concat([u32(5), u64(tokens.length), ...tokens.map(() => u32(1))]));
  put('tokenizer.ggml.merges', 9, Buffer.concat([u32(8), u64(1), string('! "')]));
  put('tokenizer.ggml.bos_token_id', 4, u32(94));
  put('tokenizer.ggml.eos_token_id', 4, u32(95));
  put('tokenizer.ggml.add_bos_token', 7, Buffer.from([0]));
  const tensors = list.map(t => ({name: ggufName(t.name), shape: t.shape,
    data: arch === 'llama' && /[qk]_proj/.test(t.name) ? interleaved(t, c.head_dim) : t.data}));
  if (c.rope_scaling) tensors.push({name: 'rope_freqs.weight', shape: [c.head_dim / 2], data: ropeDivisors(c)});
  let offset = 0;
  const infos = tensors.map(t => {
    const info = Buffer.concat([string(t.name), u32(t.shape.length), ...t.shape.toReversed().map(u64), u32(0), u64(offset)]);
    offset += Math.ceil(t.data.byteLength / 32) * 32;
    return info;
  });
  const head = Buffer.concat([Buffer.from('GGUF'), u32(3), u64(tensors.length), u64(pairs.length), ...pairs, ...infos]);
  return Buffer.concat([aligned(head), ...tensors.map(t => aligned(bytes(t.data)))]);
}

const module = path.resolve(modules, 'node-llama-cpp');
const {getLlama} = await import(pathToFileURL(path.join(module, 'dist/index.js')));
const llama = await getLlama({build: 'never', gpu: false, maxThreads: 1, logLevel: 'error'});

async function logits(file, tokens) {
  const model = await llama.loadModel({modelPath: file});
  const context = await model.createContext({contextSize: 64, batchSize: 64, threads: 1, flashAttention: false,
    experimentalKvCacheKeyType: 'F32', experimentalKvCacheValueType: 'F32'});
  const result = await context.getSequence().controlledEvaluate(
    tokens.map(token => [token, {generateNext: {logits: true, options: {temperature: 0}}}]));
  const rows = result.map(r => Array.from({length: 96}, (_, id) => r.next.logits.get(id)));
  await model.dispose();
  return rows;
}

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'golden-'));
for (const [name, model] of Object.entries(MODELS)) {
  const folder = path.join(out, name), list = weights(model), file = path.join(work, name + '.gguf');
  fs.mkdirSync(folder, {recursive: true});
  fs.writeFileSync(path.join(folder, 'config.json'), JSON.stringify(model.config, null, 2) + '\n');
  fs.writeFileSync(path.join(folder, 'model.safetensors'), safetensors(list));
  fs.writeFileSync(file, gguf(model.config, list));
  const {short, long} = PROMPTS;
  const golden = {
    short: {tokens: short, logits: await logits(file, short)},
    long: {tokens: long, logits: (await logits(file, long)).slice(-1)},
  };
  fs.writeFileSync(path.join(folder, 'logits.json'), JSON.stringify(golden) + '\n');
}
fs.rmSync(work, {recursive: true});
process.exit(0);
